package io.vellamo.benchmarks.stores;

import java.util.concurrent.CompletableFuture;

/** The operations that a journal needs of a store. */
interface LogStore extends AutoCloseable {
  /** Appends a record; completes once the disk has confirmed it. */
  CompletableFuture<Void> append(int log, long sequenceNr, byte[] bytes);

  /**
   * Deletes a log's records up to a sequence number, inclusive; completes once the disk has
   * confirmed it.
   */
  CompletableFuture<Void> deleteTo(int log, long sequenceNr);

  /** Reads all records of a log and returns the number of their bytes. */
  long read(int log);

  @Override
  void close();
}
