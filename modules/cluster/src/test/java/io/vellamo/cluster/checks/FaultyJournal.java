package io.vellamo.cluster.checks;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A journal in memory with a fault, for each persistence id.
 *
 * <p><b>Threading</b> Pekko calls the plugin on one thread at a time.
 */
public final class FaultyJournal extends AsyncWriteJournal {
  /** The behavior at a sequence number that is taken. */
  enum Fault {
    /** None: the write is refused. */
    NONE,
    /** The former event is replaced. */
    OVERWRITES,
    /** The write is acknowledged and forgotten. */
    IGNORES,
    /** The write is refused, but is there. */
    LIES,
    /** The journal fails from the second write on. */
    BREAKS,
    /** No write is answered. */
    HANGS
  }

  private final Fault fault;
  private final Map<String, List<PersistentRepr>> logs = new ConcurrentHashMap<>();
  private int writes;

  /** Creates the plugin; called by Pekko. */
  public FaultyJournal(Config config) {
    this.fault = config.getEnum(Fault.class, "fault");
  }

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> some) {
    if (fault == Fault.HANGS) {
      return Futures.<Iterable<Optional<Exception>>>promise().future();
    }
    writes++;
    List<PersistentRepr> events =
        StreamSupport.stream(some.spliterator(), false)
            .flatMap(write -> CollectionConverters.asJava(write.payload()).stream())
            .toList();
    for (PersistentRepr event : events) {
      String failure = write(event);
      if (!failure.isEmpty()) {
        return Futures.failed(new IllegalStateException(failure));
      }
    }
    return Futures.successful(List.of());
  }

  private String write(PersistentRepr event) {
    if (fault == Fault.BREAKS && writes > 1) {
      return "the disk is broken";
    }
    List<PersistentRepr> log = log(event.persistenceId());
    boolean isTaken = log.stream().anyMatch(each -> each.sequenceNr() == event.sequenceNr());
    if (!isTaken || fault == Fault.LIES) {
      log.add(event);
    } else if (fault == Fault.OVERWRITES) {
      log.replaceAll(each -> each.sequenceNr() == event.sequenceNr() ? event : each);
    }
    return isTaken && (fault == Fault.NONE || fault == Fault.LIES) ? "the number is taken" : "";
  }

  private List<PersistentRepr> log(String persistenceId) {
    return logs.computeIfAbsent(persistenceId, id -> new ArrayList<>());
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long upTo) {
    log(persistenceId).removeIf(event -> event.sequenceNr() <= upTo);
    return Futures.successful(null);
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replay) {
    log(persistenceId).stream()
        .filter(event -> from <= event.sequenceNr() && event.sequenceNr() <= to)
        .limit(max)
        .forEach(replay);
    return Futures.successful(null);
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long from) {
    return Futures.successful(
        log(persistenceId).stream().mapToLong(PersistentRepr::sequenceNr).max().orElse(0));
  }
}
