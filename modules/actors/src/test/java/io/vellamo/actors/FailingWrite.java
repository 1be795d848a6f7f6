package io.vellamo.actors;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.persistence.testkit.JournalOperation;
import org.apache.pekko.persistence.testkit.ProcessingPolicy;
import org.apache.pekko.persistence.testkit.ProcessingResult;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.StorageFailure;
import org.apache.pekko.persistence.testkit.WriteEvents;

/** Fails one of the writes of an id. */
final class FailingWrite implements ProcessingPolicy<JournalOperation> {
  private final String id;
  private final int failing;
  private final Exception failure;
  private final AtomicInteger writes = new AtomicInteger();

  FailingWrite(String id, int failing, Exception failure) {
    this.id = id;
    this.failing = failing;
    this.failure = failure;
  }

  @Override
  public ProcessingResult tryProcess(String writer, JournalOperation operation) {
    boolean fails =
        operation instanceof WriteEvents
            && writer.equals(id)
            && writes.incrementAndGet() == failing;
    return fails ? StorageFailure.create(failure) : ProcessingSuccess.getInstance();
  }
}
