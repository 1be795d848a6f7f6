package io.vellamo.cluster.checks;

import io.vellamo.cluster.checks.ProbeWriter.Recovered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/**
 * The test whether a journal refuses a second write of a sequence number, in a log that it deletes.
 *
 * <p>Two writers recover the log at the same number, like the former and the new owner of a shard.
 * Both write. The second write must fail. A third writer must then recover the event of the first
 * one only, and be able to write the next event: this distinguishes a refusal from an outage.
 *
 * <p><b>Threading</b> Used by one thread, which it blocks.
 */
final class JournalProbe {
  private final ExtendedActorSystem system;
  private final ProbeWriter.Log log;
  // Distinguishes this test's events from those that an earlier test left when it was killed.
  private final String run = UUID.randomUUID().toString();
  private final List<ActorRef> writers = new ArrayList<>();

  private JournalProbe(ActorSystem<?> system, ProbeWriter.Log log) {
    this.system = (ExtendedActorSystem) Adapter.toClassic(system);
    this.log = log;
  }

  /**
   * Tests a journal.
   *
   * @param system the system with the journal
   * @param log a log that only this test writes
   * @param timeout the longest time of the test
   * @return whether the journal refuses a second write of a sequence number
   * @throws IllegalStateException if the journal fails, does not answer in time, or the thread is
   *     interrupted
   */
  static boolean refusesSecondWrite(ActorSystem<?> system, ProbeWriter.Log log, Duration timeout) {
    JournalProbe probe = new JournalProbe(system, log);
    try {
      return probe.refusal().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "Journal [%s] must answer its test within vellamo.cluster.probe-timeout, has not in [%s]; see whether its database can be reached, or raise the timeout"
              .formatted(log.journal(), timeout),
          e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Journal [%s] must write and read events, its test has failed with [%s]; see its log and its configuration"
              .formatted(log.journal(), e.getCause()),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "Thread must wait for the test of journal [%s], was interrupted; start the query again"
              .formatted(log.journal()),
          e);
    } finally {
      probe.writers.forEach(writer -> writer.tell(PoisonPill.getInstance(), ActorRef.noSender()));
    }
  }

  private CompletableFuture<Boolean> refusal() {
    Writer first = new Writer();
    Writer second = new Writer();
    return first
        .recovered
        .thenCombine(second.recovered, (one, other) -> one.lastNumber() + 1)
        .thenCompose(
            number ->
                first
                    .mustWrite("first")
                    .thenCompose(written -> second.write("second"))
                    .thenCompose(failure -> verdict(number, failure)));
  }

  /** Checks the log after the writes of a number, and deletes it. */
  private CompletionStage<Boolean> verdict(long number, @Nullable Throwable secondFailure) {
    Writer third = new Writer();
    return third.recovered.thenCompose(
        recovered ->
            third
                .mustWrite("third")
                .thenCompose(written -> third.delete())
                .thenApply(deleted -> secondFailure != null && holdsFirstOnly(recovered, number)));
  }

  private boolean holdsFirstOnly(Recovered recovered, long number) {
    List<ProbeWriter.Event> own =
        recovered.events().stream().filter(event -> event.number() >= number).toList();
    return own.equals(List.of(new ProbeWriter.Event(number, text("first"))))
        && recovered.lastNumber() == number;
  }

  private String text(String writer) {
    return writer + "-" + run;
  }

  /** A writer that recovers. */
  private final class Writer {
    private final CompletableFuture<Recovered> recovered = new CompletableFuture<>();
    private final ActorRef actor;

    Writer() {
      this.actor =
          system.systemActorOf(
              ProbeWriter.props(log, recovered),
              "vellamo-journal-probe-" + run + "-" + writers.size());
      writers.add(actor);
    }

    /** Writes an event; completes with its failure, or with null. */
    CompletableFuture<@Nullable Throwable> write(String event) {
      CompletableFuture<@Nullable Throwable> outcome = new CompletableFuture<>();
      actor.tell(new ProbeWriter.Write(text(event), outcome), ActorRef.noSender());
      return outcome;
    }

    /** Writes an event; fails if it can't be written. */
    CompletableFuture<Void> mustWrite(String event) {
      return write(event)
          .thenCompose(
              failure ->
                  failure == null
                      ? CompletableFuture.completedFuture(null)
                      : CompletableFuture.failedFuture(failure));
    }

    CompletableFuture<Void> delete() {
      CompletableFuture<Void> deleted = new CompletableFuture<>();
      actor.tell(new ProbeWriter.Delete(deleted), ActorRef.noSender());
      return deleted;
    }
  }
}
