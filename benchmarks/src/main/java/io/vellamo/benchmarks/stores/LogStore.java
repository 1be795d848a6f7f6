package io.vellamo.benchmarks.stores;

import java.util.concurrent.CompletableFuture;

/** What a journal needs of a store, for the comparison. */
interface LogStore extends AutoCloseable {
  /** Appends a record; completes once the disk has confirmed it. */
  CompletableFuture<Void> append(int log, long sequenceNr, byte[] bytes);

  /** Deletes a log's records up to one; completes once the disk has confirmed it. */
  CompletableFuture<Void> deleteTo(int log, long sequenceNr);

  /** Reads all records of a log and returns their bytes. */
  long read(int log);

  @Override
  void close();
}
