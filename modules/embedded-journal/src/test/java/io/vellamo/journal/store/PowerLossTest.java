package io.vellamo.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.journal.store.StoreSettings.DamagedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Journals as they are on the disk after a loss of power: what was not synced is there, or not, or
 * in part. Each opens by itself, and everything that was acknowledged is there.
 *
 * <p>{@code -Dseed=N} repeats a run.
 */
final class PowerLossTest {
  private static final int STATES = 110;

  @TempDir Path directory;

  static Stream<Long> seeds() {
    Long given = Long.getLong("seed");
    return given == null ? LongStream.rangeClosed(1, 4).boxed() : Stream.of(given);
  }

  @BeforeEach
  void requireStrace() throws InterruptedException {
    FileTrace.requireStrace();
  }

  @ParameterizedTest(name = "-Dseed={0}")
  @MethodSource("seeds")
  @Execution(ExecutionMode.CONCURRENT)
  void journal_afterALossOfPower_opensByItselfWithAllThatWasAcknowledged(long seed)
      throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    List<FileOperation> operations =
        FileTrace.record(
            disk,
            directory.resolve("trace"),
            Writer.class,
            disk.resolve("journal").toString(),
            Long.toString(seed));
    RecordedJournal journal =
        RecordedJournal.write(directory.resolve("original"), new Random(seed));
    Random random = new Random(seed);
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < STATES; i++) {
      int end = end(operations, random);
      boolean inOrder = i % 3 == 0;
      Path state = directory.resolve("state-" + i);
      write(operations.subList(0, end), disk, state, inOrder, random);

      String problem = problem(journal, state.resolve("journal"), operations.subList(0, end));
      if (!problem.isEmpty()) {
        problems.add(
            "state %d, %s, after operation %d %s: %s"
                .formatted(
                    i, inOrder ? "in order" : "POSIX", end, operations.get(end - 1), problem));
      }
    }
    assertThat(problems).isEmpty();
  }

  /** Half of them near what happens rarely: files come, go and change their names. */
  private static int end(List<FileOperation> operations, Random random) {
    int end = random.nextInt(operations.size());
    if (random.nextBoolean()) {
      while (operations.get(end) instanceof FileOperation.Write
          || operations.get(end) instanceof FileOperation.BeginSync
          || operations.get(end) instanceof FileOperation.EndSync
          || operations.get(end) instanceof FileOperation.Print) {
        end = random.nextInt(operations.size());
      }
      end += random.nextInt(5);
    }
    return Math.min(end + 1, operations.size());
  }

  private static void write(
      List<FileOperation> operations, Path disk, Path state, boolean inOrder, Random random)
      throws IOException {
    DiskModel model = new DiskModel(disk);
    if (!inOrder) {
      model.apply(operations);
      model.writeAfterPowerLoss(state, random);
      return;
    }
    // Everything up to the last sync at least, and of the next write a part.
    int synced = 0;
    for (int i = 0; i < operations.size(); i++) {
      synced = operations.get(i) instanceof FileOperation.EndSync ? i + 1 : synced;
    }
    int kept = synced + random.nextInt(operations.size() - synced + 1);
    List<FileOperation> some = new ArrayList<>(operations.subList(0, kept));
    if (!some.isEmpty() && some.get(some.size() - 1) instanceof FileOperation.Write torn) {
      int bytes = random.nextInt(torn.bytes().length + 1);
      some.set(
          some.size() - 1,
          new FileOperation.Write(
              torn.path(), torn.position(), java.util.Arrays.copyOf(torn.bytes(), bytes)));
    }
    model.apply(some);
    model.writeAll(state);
  }

  private static String problem(
      RecordedJournal journal, Path state, List<FileOperation> operations) {
    int acknowledged = 0;
    for (FileOperation operation : operations) {
      if (operation instanceof FileOperation.Print print && print.line().matches("\\d+")) {
        acknowledged = Integer.parseInt(print.line());
      }
    }
    List<String> unreadable = new ArrayList<>();
    try (RocksJournalStore store = journal.open(state, DamagedLog.FAIL)) {
      int found = journal.prefix(store, unreadable);
      if (!unreadable.isEmpty()) {
        return unreadable.toString();
      }
      return found < acknowledged ? found + " changes of " + acknowledged : "";
    } catch (JournalStoreException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The process that loses its power. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      RecordedJournal.write(
          Path.of(arguments[0]),
          new Random(Long.parseLong(arguments[1])),
          change -> System.out.println(change));
      System.out.println("end");
    }
  }
}
