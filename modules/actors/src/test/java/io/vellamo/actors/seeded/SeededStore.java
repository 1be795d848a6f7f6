package io.vellamo.actors.seeded;

import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.local.LocalJournal;
import io.vellamo.testkit.simulation.Dice;
import io.vellamo.testkit.simulation.GeneratedQuery;
import java.io.IOException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.jspecify.annotations.Nullable;
import scala.concurrent.Future;
import scala.concurrent.Promise;

/**
 * The journal and the snapshots of actor systems that follow each other. The seed decides when an
 * operation is answered, whether it fails, before it takes effect or after, and whether there is an
 * answer at all.
 *
 * <p><b>Threading</b> Used by the test's thread.
 */
final class SeededStore {
  /**
   * A record in the journal.
   *
   * @param writer the id of the actor's activation
   */
  record Entry(JournalEntry<?> record, long sequenceNr, String writer) {}

  /** The log of a persistence id. */
  private static final class Log {
    private final List<Entry> entries = new ArrayList<>();
    private final TreeMap<Long, SelectedSnapshot> snapshots = new TreeMap<>();
    private long deletedTo;
  }

  private final Dice dice;
  private final Consumer<String> trace;
  private final LocalJournal copy;
  private final Map<String, Log> logs = new TreeMap<>();
  private final Map<Object, Callable<?>> writes = new LinkedHashMap<>();
  private StoreFaults faults;

  /**
   * Creates an empty store.
   *
   * @param trace is told of faults
   * @param copy is kept the same
   */
  SeededStore(Dice dice, StoreFaults faults, Consumer<String> trace, LocalJournal copy) {
    this.dice = dice;
    this.faults = faults;
    this.trace = trace;
    this.copy = copy;
  }

  /** Lets all operations succeed from now on, except those that are under way. */
  void calm() {
    faults = StoreFaults.NONE;
  }

  /** Decides about the operations that a crash cuts off. */
  void crash() {
    for (Map.Entry<Object, Callable<?>> write : writes.entrySet()) {
      if (dice.coin()) {
        trace.accept("it has happened: " + write.getKey());
        carryOut(write.getValue());
      }
    }
    writes.clear();
  }

  /** Submits an operation without effect on the store. */
  <T> Future<T> read(SeededTasks tasks, String name, Callable<T> effect) {
    Promise<T> answer = Futures.promise();
    tasks.add(name, () -> answerRead(name, effect, answer));
    return answer.future();
  }

  private <T> void answerRead(String name, Callable<T> effect, Promise<T> answer) {
    if (dice.perMille(faults.silence())) {
      trace.accept("never answered: " + name);
    } else if (dice.perMille(faults.failure())) {
      trace.accept("fails: " + name);
      answer.failure(new IOException("simulated failure"));
    } else {
      complete(effect, answer);
    }
  }

  /** Submits an operation that changes the store. */
  <T> Future<T> write(SeededTasks tasks, String name, Callable<T> effect) {
    Promise<T> answer = Futures.promise();
    Object id = new WriteName(name);
    writes.put(id, effect);
    tasks.add(name, () -> answerWrite(tasks, id, effect, answer));
    return answer.future();
  }

  private <T> void answerWrite(
      SeededTasks tasks, Object id, Callable<T> effect, Promise<T> answer) {
    if (dice.perMille(faults.silence())) {
      boolean happens = dice.coin();
      trace.accept((happens ? "happens, never answered: " : "never answered: ") + id);
      if (happens) {
        carryOut(effect);
      }
    } else if (dice.perMille(faults.failure())) {
      int kind = dice.below(3);
      trace.accept(
          List.of("fails: ", "happens and fails: ", "fails and happens later: ").get(kind) + id);
      if (kind == 1) {
        carryOut(effect);
      }
      answer.failure(new IOException("simulated failure"));
      if (kind == 2) {
        tasks.add("late " + id, () -> happenLate(id, effect));
        return;
      }
    } else {
      complete(effect, answer);
    }
    writes.remove(id);
  }

  private void happenLate(Object id, Callable<?> effect) {
    writes.remove(id);
    carryOut(effect);
  }

  private static <T> void complete(Callable<T> effect, Promise<T> answer) {
    @Nullable T value;
    try {
      value = effect.call();
    } catch (Exception e) {
      answer.failure(e);
      return;
    }
    answer.success(value);
  }

  private void carryOut(Callable<?> effect) {
    try {
      effect.call();
    } catch (Exception e) {
      trace.accept("refused: " + e.getMessage());
    }
  }

  /** Returns whether the journal refuses a write that it could make. */
  boolean rejects() {
    return dice.perMille(faults.rejection());
  }

  /** Appends records, unless another writer has taken their place. */
  @Nullable Void append(String id, List<Entry> entries) throws Exception {
    Log log = log(id);
    if (entries.get(0).sequenceNr != log.entries.size() + 1) {
      throw new SQLIntegrityConstraintViolationException(
          "record [%d] of [%s] is there already".formatted(entries.get(0).sequenceNr, id), "23505");
    }
    copy.append(
        name(id),
        log.entries.size(),
        entries.get(0).writer,
        entries.stream().map(entry -> entry.record().record()).toList());
    log.entries.addAll(entries);
    return null;
  }

  /** Returns the records of a log that are not deleted. */
  List<Entry> entries(String id, long from, long to) {
    Log log = log(id);
    return log.entries.stream()
        .filter(entry -> entry.sequenceNr > log.deletedTo)
        .filter(entry -> entry.sequenceNr >= from && entry.sequenceNr <= to)
        .toList();
  }

  long highestSequenceNr(String id) {
    return log(id).entries.size();
  }

  @Nullable Void delete(String id, long to) {
    Log log = log(id);
    log.deletedTo = Math.max(log.deletedTo, Math.min(to, log.entries.size()));
    return null;
  }

  Optional<SelectedSnapshot> snapshot(String id, long upTo) {
    return Optional.ofNullable(log(id).snapshots.floorEntry(upTo)).map(Map.Entry::getValue);
  }

  @Nullable Void save(SnapshotMetadata metadata, Object snapshot) throws Exception {
    String id = metadata.persistenceId();
    log(id).snapshots.put(metadata.sequenceNr(), SelectedSnapshot.create(metadata, snapshot));
    copy.mark(name(id), metadata.sequenceNr(), 0);
    return null;
  }

  @Nullable Void deleteSnapshots(String id, long from, long to) {
    if (from <= to) {
      log(id).snapshots.subMap(from, true, to, true).clear();
    }
    return null;
  }

  private Log log(String id) {
    return logs.computeIfAbsent(id, none -> new Log());
  }

  /** Returns the name of a log in {@link GeneratedQuery#journal}. */
  private static String name(String id) {
    int shard = id.lastIndexOf('/');
    return shard < 0 ? GeneratedQuery.QUERY_LOG : "shard-" + id.substring(shard + 1);
  }

  /** A name that differs from equal ones. */
  private static final class WriteName {
    private final String name;

    WriteName(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
