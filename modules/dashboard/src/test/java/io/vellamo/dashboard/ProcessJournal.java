package io.vellamo.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.jspecify.annotations.Nullable;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A journal in the memory of this process, which all actor systems of the process share. It refuses
 * a second write of a sequence number.
 */
public final class ProcessJournal extends AsyncWriteJournal {
  private static final Map<String, NavigableMap<Long, PersistentRepr>> RECORDS =
      new ConcurrentHashMap<>();

  private static NavigableMap<Long, PersistentRepr> records(String id) {
    return RECORDS.computeIfAbsent(id, none -> new ConcurrentSkipListMap<>());
  }

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    List<Optional<Exception>> results = new ArrayList<>();
    for (AtomicWrite write : writes) {
      for (PersistentRepr record : CollectionConverters.asJava(write.payload())) {
        if (records(write.persistenceId()).putIfAbsent(record.sequenceNr(), record) != null) {
          return Futures.failed(
              new IllegalStateException("[%s] is written".formatted(record.sequenceNr())));
        }
      }
      results.add(Optional.empty());
    }
    return Futures.successful(results);
  }

  @Override
  public Future<@Nullable Void> doAsyncDeleteMessagesTo(String id, long to) {
    records(id).headMap(to, true).clear();
    return Futures.successful(null);
  }

  @Override
  public Future<@Nullable Void> doAsyncReplayMessages(
      String id, long from, long to, long max, Consumer<PersistentRepr> replay) {
    if (from <= to) {
      records(id).subMap(from, true, to, true).values().stream().limit(max).forEach(replay);
    }
    return Futures.successful(null);
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String id, long from) {
    NavigableMap<Long, PersistentRepr> known = records(id);
    return Futures.successful(known.isEmpty() ? 0L : known.lastKey());
  }
}
