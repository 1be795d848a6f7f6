package io.vellamo.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.journal.store.StoreSettings.DamagedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random damages of random journals: what is read is what was written, to the end, or up to a point
 * behind which all may be lost; or it is refused, in words that say where.
 *
 * <p>{@code -Dseed=N} repeats a run.
 */
final class RandomDamageTest {

  @TempDir Path directory;

  private int copies;

  static Stream<Long> seeds() {
    Long given = Long.getLong("seed");
    return given == null ? LongStream.rangeClosed(1, 4).boxed() : Stream.of(given);
  }

  @ParameterizedTest(name = "-Dseed={0}")
  @MethodSource("seeds")
  @Execution(ExecutionMode.CONCURRENT)
  void newestLog_cutOrFlipped_isRefusedAndMayBeGivenUp(long seed) throws IOException {
    Random random = new Random(seed);
    RecordedJournal journal = RecordedJournal.write(directory.resolve("original"), random);
    Path log = journal.newestLog();
    for (int i = 0; i < 20; i++) {
      Damage damage = Damage.ofContent(log, journal.bytes(log), random);
      Path copy = damagedCopy(journal, damage);

      Outcome outcome = Outcome.of(journal, copy, DamagedLog.FAIL);

      assertThat(outcome.unreadable).as("%s", damage).isEmpty();
      if (outcome.prefix == journal.changes()) {
        assertThat(damage.what).as("%s", damage).startsWith("flip");
      } else {
        assertThat(outcome.refusal).as("%s", damage).startsWith("Journal directory [" + copy + "]");
        assertGivenUp(journal, damage, copy, outcome.refusal);
      }
    }
  }

  /** What is offered instead of a backup loses the end and nothing else. */
  private static void assertGivenUp(
      RecordedJournal journal, Damage damage, Path copy, String refusal) throws IOException {
    if (refusal.contains("damaged-log = truncate")) {
      assertThat(refusal).contains(" at position ").contains(damage.name());
    } else {
      assertThat(refusal).contains("then [the end]").contains("deleting the file [acknowledged]");
      Files.delete(copy.resolve("acknowledged"));
    }
    Outcome rest = Outcome.of(journal, copy, DamagedLog.TRUNCATE);
    assertThat(rest.refusal).as("%s", damage).isEmpty();
    assertThat(rest.prefix).as("%s", damage).isBetween(0, journal.changes() - 1);
    assertThat(Outcome.of(journal, copy, DamagedLog.FAIL).prefix).isEqualTo(rest.prefix);
  }

  @ParameterizedTest(name = "-Dseed={0}")
  @MethodSource("seeds")
  @Execution(ExecutionMode.CONCURRENT)
  void newestLog_cutWhereNothingWasAcknowledged_opensAtTheLastWholeRecord(long seed)
      throws IOException {
    Random random = new Random(seed);
    RecordedJournal journal = RecordedJournal.write(directory.resolve("original"), random);
    Path log = journal.newestLog();
    for (int i = 0; i < 12; i++) {
      Damage damage = Damage.cut(log, journal.bytes(log), random);
      Path copy = damagedCopy(journal, damage);
      Path unchecked = damagedCopy(journal, damage);
      int acknowledged = journal.changes() - random.nextInt(60);
      journal.setMark(copy, acknowledged);
      Files.delete(unchecked.resolve("acknowledged"));

      Outcome outcome = Outcome.of(journal, copy, DamagedLog.FAIL);

      int whole = Outcome.of(journal, unchecked, DamagedLog.FAIL).prefix;
      assertThat(whole).isNotNegative();
      if (whole >= acknowledged) {
        assertThat(outcome.prefix).as("%s", damage).isEqualTo(whole);
      } else {
        assertThat(outcome.refusal).as("%s", damage).contains("updates that were acknowledged");
      }
    }
  }

  @ParameterizedTest(name = "-Dseed={0}")
  @MethodSource("seeds")
  @Execution(ExecutionMode.CONCURRENT)
  void anyFile_damagedOrGone_changesNothingOrIsRefused(long seed) throws IOException {
    Random random = new Random(seed);
    RecordedJournal journal = RecordedJournal.write(directory.resolve("original"), random);
    List<Path> files = journal.files();
    for (int i = 0; i < 40; i++) {
      Path file = files.get(random.nextInt(files.size()));
      Damage damage = Damage.of(file, journal.bytes(file), random);
      Path copy = damagedCopy(journal, damage);

      Outcome outcome = Outcome.of(journal, copy, DamagedLog.FAIL);

      if (outcome.refusal.isEmpty()) {
        assertThat(outcome.prefix).as("%s", damage).isEqualTo(journal.changes());
        assertThat(outcome.unreadable)
            .as("%s", damage)
            .allSatisfy(message -> assertThat(message).contains("persistence id [id-"));
      } else {
        assertThat(damage.isNamedBy(outcome.refusal)).as(damage + ": " + outcome.refusal).isTrue();
      }
    }
  }

  private Path damagedCopy(RecordedJournal journal, Damage damage) throws IOException {
    copies++;
    Path copy = directory.resolve("copy-" + copies);
    journal.copy(copy, damage.file);
    if (damage.content != null) {
      Files.write(copy.resolve(damage.file), damage.content);
    }
    return copy;
  }

  /**
   * How a copy was opened and read.
   *
   * @param refusal why it was not opened, or nothing
   * @param prefix how many changes are there, -1 if it was not opened
   * @param unreadable why some ids could not be read
   */
  private record Outcome(String refusal, int prefix, List<String> unreadable) {

    static Outcome of(RecordedJournal journal, Path copy, DamagedLog damagedLog) {
      List<String> unreadable = new ArrayList<>();
      try (RocksJournalStore store = journal.open(copy, damagedLog)) {
        return new Outcome("", journal.prefix(store, unreadable), unreadable);
      } catch (JournalStoreException e) {
        return new Outcome(String.valueOf(e.getMessage()), -1, unreadable);
      }
    }
  }

  /** A damaged file; without content it is gone. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Damage(Path file, String what, byte @Nullable [] content) {

    static Damage of(Path file, byte[] content, Random random) {
      return content.length == 0 || random.nextInt(5) == 0
          ? new Damage(file, "loss", null)
          : ofContent(file, content, random);
    }

    static Damage ofContent(Path file, byte[] content, Random random) {
      return random.nextBoolean() ? cut(file, content, random) : flip(file, content, random);
    }

    static Damage cut(Path file, byte[] content, Random random) {
      int length = random.nextInt(content.length);
      return new Damage(file, "cut at " + length, Arrays.copyOf(content, length));
    }

    private static Damage flip(Path file, byte[] content, Random random) {
      byte[] flipped = content.clone();
      int position = random.nextInt(content.length);
      flipped[position] ^= (byte) (1 << random.nextInt(8));
      return new Damage(file, "flip at " + position, flipped);
    }

    String name() {
      return file.getFileName().toString();
    }

    /**
     * RocksDB names a log file by its number alone, and only one of two files that disagree: of the
     * manifest and a log or a table.
     */
    boolean isNamedBy(String message) {
      return Stream.of(name(), "CURRENT", "MANIFEST", "log number", "WAL files", "then [the end]")
          .anyMatch(message::contains);
    }

    @Override
    public String toString() {
      return what + " of " + file;
    }
  }
}
