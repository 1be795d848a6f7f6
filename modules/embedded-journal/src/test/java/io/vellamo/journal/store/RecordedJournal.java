package io.vellamo.journal.store;

import static io.vellamo.journal.store.Stores.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.journal.store.StoreSettings.Compression;
import io.vellamo.journal.store.StoreSettings.DamagedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A journal written from a seed, one acknowledged change after the other, and closed. */
final class RecordedJournal {

  private static final int CHANGES = 250;

  /** The last file of the log is begun before these. */
  private static final int CHANGES_OF_LAST_LOG = 60;

  private static final List<String> IDS = IntStream.range(0, 12).mapToObj(i -> "id-" + i).toList();

  private final Path directory;
  private final Random random;

  /** What was to be seen after each change, the first before any. */
  private final List<Map<String, Seen>> history = new ArrayList<>(List.of(Map.of()));

  /** What the file with the acknowledged updates held after each change. */
  private final List<byte[]> marks = new ArrayList<>();

  private RecordedJournal(Path directory, Random random) {
    this.directory = directory;
    this.random = random;
  }

  static RecordedJournal write(Path directory, Random random) throws IOException {
    return write(directory, random, change -> {});
  }

  /** Writes a journal; a listener is told the number of each change that is acknowledged. */
  static RecordedJournal write(Path directory, Random random, IntConsumer acknowledged)
      throws IOException {
    RecordedJournal journal = new RecordedJournal(directory, random);
    RocksJournalStore store = journal.open(directory, DamagedLog.FAIL);
    marksOf(directory, journal.marks);
    for (int i = 1; i <= CHANGES; i++) {
      journal.change(store);
      acknowledged.accept(i);
      marksOf(directory, journal.marks);
      boolean again = i % 3 == 0 && random.nextInt(12) == 0;
      if (i == CHANGES - CHANGES_OF_LAST_LOG || (again && i < CHANGES - CHANGES_OF_LAST_LOG)) {
        store.close();
        store = journal.open(directory, DamagedLog.FAIL);
      }
    }
    store.close();
    return journal;
  }

  /** How many changes were made. */
  int changes() {
    return CHANGES;
  }

  /** Opens a copy. */
  RocksJournalStore open(Path copy, DamagedLog damagedLog) {
    return RocksJournalStore.open(
        new StoreSettings(
            copy, true, true, damagedLog, Compression.LZ4, 256 << 10, 1 << 20, 1, 1 << 20));
  }

  /** Returns the files, without those that only inform. */
  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("LOG"))
          .map(directory::relativize)
          .sorted()
          .toList();
    }
  }

  /** Returns the file of the log that was written last. */
  Path newestLog() throws IOException {
    List<Path> logs = files().stream().filter(file -> file.toString().endsWith(".log")).toList();
    return logs.get(logs.size() - 1);
  }

  byte[] bytes(Path file) throws IOException {
    return Files.readAllBytes(directory.resolve(file));
  }

  /** Copies all files but one. */
  void copy(Path target, Path without) throws IOException {
    for (Path file : files()) {
      Path copy = target.resolve(file);
      Files.createDirectories(copy.getParent());
      if (!file.equals(without)) {
        Files.copy(directory.resolve(file), copy);
      }
    }
  }

  /** Has a copy say that no more was acknowledged than a number of changes. */
  void setMark(Path copy, int changes) throws IOException {
    Files.write(copy.resolve("acknowledged"), marks.get(changes));
  }

  /**
   * Reads everything.
   *
   * @param refusals takes what cannot be read
   * @return how many of the changes are there, which must be the first ones; those of refused ids
   *     count as there
   */
  int prefix(JournalStore store, List<String> refusals) {
    Map<String, Seen> seen = new HashMap<>();
    List<String> refusedIds = new ArrayList<>();
    for (String id : IDS) {
      try {
        seen.put(id, look(store, id));
      } catch (JournalStoreException e) {
        refusedIds.add(id);
        refusals.add(String.valueOf(e.getMessage()));
      }
    }
    for (int changes = CHANGES; changes >= 0; changes--) {
      Map<String, Seen> expected = new HashMap<>();
      IDS.forEach(id -> expected.put(id, Seen.NOTHING));
      expected.putAll(history.get(changes));
      refusedIds.forEach(expected::remove);
      if (expected.equals(seen)) {
        return changes;
      }
    }
    throw new AssertionError("changes must be the first ones, found " + seen);
  }

  private void change(JournalStore store) {
    String id = IDS.get(random.nextInt(random.nextBoolean() ? 3 : IDS.size()));
    Seen before = history.get(history.size() - 1).getOrDefault(id, Seen.NOTHING);
    int kind = random.nextInt(100);
    Seen after;
    CompletionStage<Void> change;
    if (kind < 80 || before.highest() == 0) {
      after = before.withHighest(before.highest() + 1 + random.nextInt(3));
      change = store.append(id, events(id, before.highest() + 1, after.highest()));
    } else if (kind < 90) {
      after = before.withSnapshot(before.highest());
      change = store.saveSnapshot(id, Stores.snapshot(before.highest(), 0, state(id, before)));
    } else if (kind < 97) {
      after =
          before.withDeletedTo(before.deletedTo() + (before.highest() - before.deletedTo()) / 2);
      change = store.deleteTo(id, after.deletedTo());
    } else {
      after = before.withSnapshot(0);
      change = store.deleteSnapshots(id, SnapshotRange.all());
    }
    await(change);
    Map<String, Seen> state = new HashMap<>(history.get(history.size() - 1));
    state.put(id, after);
    history.add(state);
  }

  private static Seen look(JournalStore store, String id) {
    List<Long> read = new ArrayList<>();
    store.read(
        id,
        1,
        Long.MAX_VALUE,
        event -> {
          byte[] written = event(id, event.sequenceNr()).payload().bytes();
          assertThat(Arrays.equals(event.payload().bytes(), written)).isTrue();
          return read.add(event.sequenceNr());
        });
    long highest = highest(store, id);
    long deletedTo = read.isEmpty() ? highest : read.get(0) - 1;
    assertThat(read).isEqualTo(LongStream.rangeClosed(deletedTo + 1, highest).boxed().toList());
    long snapshot =
        store
            .newestSnapshot(id, SnapshotRange.all())
            .map(
                stored -> {
                  Seen then = new Seen(0, stored.sequenceNr(), 0);
                  assertThat(Stores.text(stored.payload())).isEqualTo(state(id, then));
                  return stored.sequenceNr();
                })
            .orElse(0L);
    return new Seen(deletedTo, highest, snapshot);
  }

  private static long highest(JournalStore store, String id) {
    try {
      return await(store.highestSequenceNr(id));
    } catch (CompletionException e) {
      if (e.getCause() instanceof JournalStoreException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static String state(String id, Seen seen) {
    return (id + " at " + seen.highest()).repeat(200);
  }

  private static List<StoredEvent> events(String id, long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(number -> event(id, number)).toList();
  }

  /** Some are large enough for a file of their own. */
  private static StoredEvent event(String id, long sequenceNr) {
    Random sizes = new Random(31L * id.hashCode() + sequenceNr);
    int kind = sizes.nextInt(40);
    int bytes = kind == 0 ? 70_000 : kind < 4 ? 20_000 : sizes.nextInt(1_500);
    return Stores.event(id, sequenceNr, bytes);
  }

  private static void marksOf(Path directory, List<byte[]> marks) throws IOException {
    marks.add(Files.readAllBytes(directory.resolve("acknowledged")));
  }

  /**
   * What is to be seen of a persistence id.
   *
   * @param deletedTo the last event that is not there, of those that were
   * @param highest the last event
   * @param snapshot the newest snapshot, 0 if there is none
   */
  record Seen(long deletedTo, long highest, long snapshot) {

    static final Seen NOTHING = new Seen(0, 0, 0);

    Seen withHighest(long newHighest) {
      return new Seen(deletedTo, newHighest, snapshot);
    }

    Seen withDeletedTo(long newDeletedTo) {
      return new Seen(newDeletedTo, highest, snapshot);
    }

    Seen withSnapshot(long newSnapshot) {
      return new Seen(deletedTo, highest, newSnapshot);
    }
  }
}
