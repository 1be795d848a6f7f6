package io.vellamo.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.testkit.ListEpochRows;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The laws of {@link ParallelSink}, for a sink that is idempotent or transactional, as tests that a
 * sink's own test class inherits.
 *
 * @param <U> the rows
 * @since 0.1
 */
public abstract class ParallelSinkContract<U> {
  private static final String QUERY = "contract";
  private static final UUID QUERY_ID = UUID.fromString("1f0f0f5e-3b36-4b0a-9a51-0f6f3a1d7c22");
  private static final List<ShardRange> RANGES = ShardRange.split(4, 2);

  // Set before each test.
  private ParallelSink<U> sink;
  private final List<ShardWriter<U>> opened = new ArrayList<>();

  /** For subclasses. */
  protected ParallelSinkContract() {}

  /**
   * Creates the sink under test; called once for each test.
   *
   * @return an empty sink
   * @throws Exception if it can't be created
   */
  protected abstract ParallelSink<U> createSink() throws Exception;

  /**
   * Returns a row.
   *
   * @param number the row's number; rows of different numbers differ
   * @return the row
   */
  protected abstract U row(int number);

  /**
   * Returns the visible rows at the sink.
   *
   * @return the rows of all ranges; those of a range in the order of its epochs, or in any order if
   *     the store has none
   * @throws Exception if they can't be read
   */
  protected abstract List<U> written() throws Exception;

  /**
   * Returns whether {@link #written} has the rows of a range in order.
   *
   * @return {@code true} unless overridden
   */
  protected boolean keepsOrder() {
    return true;
  }

  /**
   * Returns whether the store refuses writers of earlier owners. A sink that only upserts rows by
   * their identity may do without: an earlier owner writes the same rows.
   *
   * @return {@code true} unless overridden
   */
  protected boolean fencesOwners() {
    return true;
  }

  /**
   * Returns whether rows are visible as soon as they are written, before their commit. Then they
   * must be those of the epoch whenever it is written, and {@code commit} may have nothing to do.
   *
   * @return whether the sink is idempotent unless overridden
   */
  protected boolean showsRowsAtOnce() {
    return sink.guarantee() == SinkGuarantee.IDEMPOTENT;
  }

  @BeforeEach
  final void create() throws Exception {
    sink = createSink();
    assertThat(sink.guarantee())
        .as("the guarantee of a sink with these laws")
        .isNotEqualTo(SinkGuarantee.AT_LEAST_ONCE);
  }

  @AfterEach
  final void close() {
    opened.forEach(ShardWriter::close);
  }

  @Test
  final void ranges_writtenSideBySide_areAllThere() throws Exception {
    ShardWriter<U> low = open(0, 1, 0);
    ShardWriter<U> high = open(1, 1, 0);

    write(low, 0, 1, 1, 2);
    write(high, 1, 1, 3);
    high.commit(1);
    low.commit(1);

    assertWritten("the rows of all ranges are there", 1, 2, 3);
  }

  @Test
  final void rows_beforeTheirCommit_areNotVisibleUnlessAtOnce() throws Exception {
    ShardWriter<U> writer = open(0, 1, 0);
    epoch(writer, 1, 1);

    write(writer, 0, 2, 2);

    if (!showsRowsAtOnce()) {
      assertWritten("rows are not visible before their commit", 1);
    }
    writer.commit(2);
    assertWritten("rows are visible after their commit", 1, 2);
  }

  @Test
  final void rows_ofARange_keepTheirOrder() throws Exception {
    ShardWriter<U> writer = open(0, 1, 0);
    int[] numbers = IntStream.range(0, 2_000).toArray();

    epoch(writer, 1, numbers);
    epoch(writer, 2, 2_000);

    if (keepsOrder()) {
      Laws.requireSame(
          "the rows of a range keep their order",
          "row",
          rows(IntStream.range(0, 2_001).toArray()),
          written());
    }
  }

  @Test
  final void epochs_withoutRows_addNothing() throws Exception {
    ShardWriter<U> writer = open(0, 1, 0);

    epoch(writer, 1);
    epoch(writer, 2, 1);
    epoch(writer, 3);
    epoch(writer, 4, 2);

    assertWritten("an epoch without rows adds nothing", 1, 2);
  }

  @Test
  final void epoch_writtenTwice_isThereOnce() throws Exception {
    ShardWriter<U> writer = open(0, 1, 0);
    epoch(writer, 1, 1);

    write(writer, 0, 2, 2, 3);
    epoch(writer, 2, 2, 3);

    assertWritten("an epoch written twice is there once", 1, 2, 3);
  }

  @Test
  final void epoch_writtenAndCommittedAgain_isThereOnce() throws Exception {
    ShardWriter<U> writer = open(0, 1, 0);
    epoch(writer, 1, 1);

    epoch(writer, 1, 1);
    epoch(writer, 2, 2);

    assertWritten("an epoch written again after its commit is there once", 1, 2);
  }

  @Test
  final void epoch_committedTwice_isThereOnce() throws Exception {
    ShardWriter<U> writer = open(0, 1, 0);

    epoch(writer, 1, 1);
    writer.commit(1);
    epoch(writer, 2, 2);
    writer.commit(2);

    assertWritten("an epoch committed twice is there once", 1, 2);
  }

  @Test
  final void crash_betweenWriteAndTheQuerysCommit_writesAgain() throws Exception {
    ShardWriter<U> before = open(0, 1, 0);
    epoch(before, 1, 1);
    write(before, 0, 2, 2, 3);

    ShardWriter<U> after = open(0, 2, 1);
    settle(after, 0, 1, 1);
    epoch(after, 2, 2, 3);

    assertWritten("an epoch written by two runs is there once", 1, 2, 3);
  }

  @Test
  final void crash_betweenTheQuerysCommitAndThatOfTheSink_losesNothing() throws Exception {
    ShardWriter<U> before = open(0, 1, 0);
    epoch(before, 1, 1);
    write(before, 0, 2, 2, 3);

    ShardWriter<U> after = open(0, 2, 2);
    settle(after, 0, 2, 2, 3);
    epoch(after, 3, 4);

    assertWritten("an epoch that the query has committed is there", 1, 2, 3, 4);
  }

  @Test
  final void crash_betweenCommitAndItsAcknowledgement_commitsAgain() throws Exception {
    ShardWriter<U> before = open(0, 1, 0);
    epoch(before, 1, 1);
    epoch(before, 2, 2, 3);

    ShardWriter<U> after = open(0, 2, 2);
    settle(after, 0, 2, 2, 3);
    epoch(after, 3, 4);

    assertWritten("an epoch committed by two runs is there once", 1, 2, 3, 4);
  }

  @Test
  final void crash_ofARunWithoutCommit_leavesOtherRangesUntouched() throws Exception {
    ShardWriter<U> low = open(0, 1, 0);
    ShardWriter<U> high = open(1, 1, 0);
    write(low, 0, 1, 1);
    write(high, 1, 1, 2);

    ShardWriter<U> lowAfter = open(0, 2, 1);
    settle(high, 1, 1, 2);
    settle(lowAfter, 0, 1, 1);

    assertWritten("each range has its own owner", 1, 2);
  }

  @Test
  final void owner_ofAnEarlierRun_isLockedOut() throws Exception {
    ShardWriter<U> before = open(0, 1, 0);
    epoch(before, 1, 1);

    ShardWriter<U> after = open(0, 2, 1);

    assertRefused("a writer of an earlier owner can't write", () -> write(before, 0, 2, 2));
    assertCommitRefused("a writer of an earlier owner can't commit", () -> before.commit(2));
    epoch(after, 2, 2);
    assertWritten("the rows of the later owner are there", 1, 2);
  }

  @Test
  final void owner_withAWrittenEpoch_isLockedOut() throws Exception {
    ShardWriter<U> before = open(0, 1, 0);
    write(before, 0, 1, 1);

    ShardWriter<U> after = open(0, 2, 0);

    assertCommitRefused("an earlier owner can't commit what it wrote", () -> before.commit(1));
    epoch(after, 1, 1);
    assertWritten("the rows of the later owner are there once", 1);
  }

  @Test
  final void owner_ofAnEarlierRun_canNotOpen() throws Exception {
    open(0, 2, 0);

    assertRefused("an earlier owner can't open", () -> open(0, 1, 0));
  }

  @Test
  final void owner_openingAgain_goesOn() throws Exception {
    ShardWriter<U> before = open(0, 1, 0);
    epoch(before, 1, 1);
    write(before, 0, 2, 2);
    before.close();

    ShardWriter<U> again = open(0, 1, 1);
    epoch(again, 2, 2);

    assertWritten("a run that opens a range again goes on", 1, 2);
  }

  @Test
  final void epoch_thatFailsInTheMiddle_isWrittenByTheWriterOfTheRetry() throws Exception {
    ShardWriter<U> before = open(0, 1, 0);
    epoch(before, 1, 1);
    int[] numbers = IntStream.range(2, 1_202).toArray();
    EpochRows<U> failing =
        new FailingRows<>(
            new ListEpochRows<>(QUERY, 2, RANGES.get(0).first(), rows(numbers)), 1_100);
    assertThatCode(() -> before.write(failing))
        .as("write throws what prevents it from writing a row")
        .isInstanceOf(Exception.class);
    before.close();

    ShardWriter<U> again = open(0, 1, 1);
    epoch(again, 2, numbers);
    epoch(again, 3, 1_202);

    assertWritten(
        "an epoch that fails in the middle is written by a writer opened for a retry",
        IntStream.range(1, 1_203).toArray());
  }

  @Test
  final void sink_withOneWriter_isThereWhenWriteReturns() throws Exception {
    RowSink<U> one = sink.withOneWriter();
    assertThat(one.guarantee()).isEqualTo(sink.guarantee());
    assertThat(one.nodeAccess()).isEqualTo(sink.nodeAccess());
    try (SinkWriter<U> writer = one.open(context(1, 0))) {
      writer.write(new ListEpochRows<>(QUERY, 1, rows(1, 2)));
      assertWritten("rows are there when the only writer has written them", 1, 2);
      writer.write(new ListEpochRows<>(QUERY, 1, rows(1, 2)));
      writer.write(new ListEpochRows<>(QUERY, 2, rows(3)));
    }

    assertWritten("an epoch written twice by the only writer is there once", 1, 2, 3);
  }

  private ShardWriter<U> open(int range, long owner, long committedEpoch) throws Exception {
    ShardWriter<U> writer = sink.open(context(owner, committedEpoch), RANGES.get(range), owner);
    opened.add(writer);
    return writer;
  }

  private static SinkContext context(long owner, long committedEpoch) {
    SinkContext first = new SinkContext(QUERY, QUERY_ID, committedEpoch);
    return new SinkContext(QUERY, QUERY_ID, committedEpoch, first.mode(), owner);
  }

  /** Commits the last committed epoch as a run does at its beginning. */
  private void settle(ShardWriter<U> writer, int range, long epoch, int... numbers)
      throws Exception {
    if (!writer.holds(epoch)) {
      write(writer, range, epoch, numbers);
    }
    assertThat(writer.holds(epoch)).as("the store holds an epoch that was just written").isTrue();
    writer.commit(epoch);
  }

  /** Writes and commits an epoch of the first range. */
  private void epoch(ShardWriter<U> writer, long epoch, int... numbers) throws Exception {
    write(writer, 0, epoch, numbers);
    assertThat(writer.holds(epoch)).as("the store holds an epoch that was just written").isTrue();
    writer.commit(epoch);
  }

  private void write(ShardWriter<U> writer, int range, long epoch, int... numbers)
      throws Exception {
    writer.write(new ListEpochRows<>(QUERY, epoch, RANGES.get(range).first(), rows(numbers)));
  }

  private List<U> rows(int... numbers) {
    List<U> rows = new ArrayList<>();
    for (int number : numbers) {
      rows.add(row(number));
    }
    return rows;
  }

  private void assertRefused(String law, ThrowingCallable call) {
    if (fencesOwners()) {
      assertThatCode(call).as(law).isInstanceOf(Exception.class);
    }
  }

  /** A commit that has nothing to do need not be refused. */
  private void assertCommitRefused(String law, ThrowingCallable commit) {
    if (!showsRowsAtOnce()) {
      assertRefused(law, commit);
    }
  }

  private void assertWritten(String law, int... numbers) throws Exception {
    Laws.requireSameInAnyOrder(law, rows(numbers), written());
  }
}
