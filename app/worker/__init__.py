"""What is done without anybody asking: rows say what is due, a thread finds it, DBOS's workflows do it."""

from app.worker.finder import WakeWorker, Worker

__all__ = ["WakeWorker", "Worker"]
