"""The names of pseudonyms: birds, trees and flowers that stand for no country and no cause."""

_WORDS = """
    Acacia Acorn Agave Alder Almond Aloe Amaranth Anemone Apricot Ash Aspen Aster Avocet Azalea
    Bamboo Banyan Baobab Barberry Barley Basil Bayberry Beech Begonia Bellflower Birch Bittern Blackbird
    Blackcap Bluebell Borage Boxwood Bracken Bramble Brambling Bulbul Bunting Buttercup
    Camellia Campion Caraway Cardamom Carob Cassava Catalpa Celandine Chaffinch Chamomile Cherry
    Chestnut Chicory Chiffchaff Clematis Clover Columbine Coot Coriander Cormorant Cornflower Cowslip
    Crane Crocus Crossbill Curlew Cyclamen Cypress
    Daffodil Dahlia Daisy Damson Date Delphinium Dewberry Dipper Dogwood Dotterel Dunlin Dunnock
    Ebony Egret Eider Elder Elm Eucalyptus
    Fennel Fern Fieldfare Fig Finch Fir Firecrest Flax Flycatcher Forsythia Foxglove Freesia Fuchsia
    Fulmar
    Gannet Garganey Gentian Geranium Ginkgo Godwit Goldcrest Goldeneye Goldfinch Gorse Grebe
    Greenfinch Greenshank Guava Guillemot
    Harebell Hawfinch Hawthorn Hazel Heather Hellebore Heron Hibiscus Hickory Holly
    Honeysuckle Hoopoe Hornbeam Hyacinth Hyssop
    Ibis Iris Ivy
    Jacana Jacaranda Jasmine Juniper
    Kestrel Kingfisher Kittiwake Knapweed
    Laburnum Lapwing Larch Lark Larkspur Laurel Lavender Lilac Linden Linnet Lobelia Lupin
    Magnolia Mahogany Mallow Mandarin Mango Maple Marigold Marjoram Martin Meadowsweet Medlar Merganser
    Mimosa Moorhen Mulberry Myrtle
    Narcissus Nasturtium Nightjar Nutmeg Nuthatch
    Oak Oleander Oregano Oriole Osier Osprey Ouzel
    Palm Pansy Papaya Pear Pelican Peony Periwinkle Petrel Petunia Phlox Pine Pintail Pipit Plantain
    Plover Plum Pochard Pomelo Poplar Primrose Privet Puffin
    Quail Quince
    Redpoll Redshank Redstart Redwing Reed Robin Rosemary Rowan Ruff
    Saffron Sage Sanderling Sandpiper Saxifrage Sedge Sequoia Serin Sesame Shearwater Shoveler Siskin
    Skylark Smew Snipe Snowdrop Sorrel Sparrow Spoonbill Spruce Starling Stilt Stonechat Stork Swallow
    Swift Sycamore
    Tamarind Tansy Teal Tern Thistle Thrush Thyme Treecreeper Turnstone
    Verbena Viburnum Vireo
    Wagtail Walnut Warbler Waxwing Wheatear Whimbrel Whinchat Whitethroat Wigeon Willow Wisteria
    Woodlark Wren Wryneck
    Yarrow Yew
    Zinnia
"""

NAMES: tuple[str, ...] = tuple(_WORDS.split())
