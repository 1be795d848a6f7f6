package io.vellamo.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.testkit.ListEpochRows;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The laws of {@link SinkWriter}, as tests that a sink's own test class inherits.
 *
 * @param <U> the rows
 * @since 0.1
 */
public abstract class SinkContract<U> {
  private static final String QUERY = "contract";
  private static final UUID QUERY_ID = UUID.fromString("6f1c1f0e-6f0b-4d36-9e0c-2f4f8d8a2b11");

  // Set before each test.
  private RowSink<U> sink;
  private SinkWriter<U> writer;

  /** For subclasses. */
  protected SinkContract() {}

  /**
   * Creates the sink under test; called once for each test.
   *
   * @return an empty sink
   * @throws Exception if it can't be created
   */
  protected abstract RowSink<U> createSink() throws Exception;

  /**
   * Returns a row.
   *
   * @param number the row's number; rows of different numbers differ
   * @return the row
   */
  protected abstract U row(int number);

  /**
   * Returns the rows written to the sink so far.
   *
   * @return all rows, in the order of the epochs
   * @throws Exception if they can't be read
   */
  protected abstract List<U> written() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    sink = createSink();
    writer = openAfter(0);
  }

  @AfterEach
  final void close() {
    writer.close();
  }

  @Test
  final void description_isForPeople() {
    assertThat(sink.description()).as("RowSink.description()").isNotBlank();
  }

  @Test
  final void epochs_writtenInOrder_areAllThere() throws Exception {
    write(1, 1, 2, 3);
    write(2, 4);
    write(3, 5, 6);

    assertWritten("epochs written one after the other are all kept", rows(1, 2, 3, 4, 5, 6));
  }

  @Test
  final void rows_areThereWhenWriteReturns() throws Exception {
    write(1, 1);
    assertWritten("rows are at the sink when write returns", rows(1));

    write(2, 2);
    assertWritten("rows are at the sink when write returns", rows(1, 2));
  }

  @Test
  final void epoch_withoutRows_addsNothing() throws Exception {
    write(1, 1);
    write(2);
    write(3, 2);

    assertWritten("an epoch without rows adds nothing", rows(1, 2));
  }

  @Test
  final void epoch_ofManyRows_keepsTheirOrder() throws Exception {
    int[] numbers = IntStream.range(0, 5_000).toArray();

    write(1, numbers);

    assertWritten("the rows of an epoch keep their order", rows(numbers));
  }

  @Test
  final void epoch_writtenTwice_isKeptOnceUnlessAtLeastOnce() throws Exception {
    write(1, 1);
    write(2, 2, 3);
    write(2, 2, 3);
    write(3, 4);

    assertRepeated("an epoch written twice", rows(1, 2, 3, 4), rows(1, 2, 3, 2, 3, 4));
  }

  @Test
  final void epoch_writtenAgainAfterARestart_isKeptOnceUnlessAtLeastOnce() throws Exception {
    write(1, 1);
    write(2, 2, 3);
    restartAfter(1);

    write(2, 2, 3);
    write(3, 4);

    assertRepeated(
        "an epoch written again after a restart", rows(1, 2, 3, 4), rows(1, 2, 3, 2, 3, 4));
  }

  @Test
  final void epoch_thatFailsInTheMiddle_isWrittenByTheWriterOfTheRetry() throws Exception {
    int[] numbers = IntStream.range(2, 1_202).toArray();
    write(1, 1);

    EpochRows<U> failing = new FailingRows<>(new ListEpochRows<>(QUERY, 2, rows(numbers)), 1_100);
    assertThatCode(() -> writer.write(failing))
        .as("write throws what prevents it from writing a row")
        .isInstanceOf(Exception.class);
    restartAfter(1);
    write(2, numbers);
    write(3, 1_202);

    List<U> expected = rows(IntStream.range(1, 1_203).toArray());
    List<U> written = written();
    int more = written.size() - expected.size();
    if (sink.guarantee() == SinkGuarantee.AT_LEAST_ONCE && more > 0) {
      // What the first attempt has written lies between epoch 1 and the retry.
      List<U> without = new ArrayList<>(written.subList(0, 1));
      without.addAll(written.subList(1 + more, written.size()));
      written = without;
    }
    Laws.requireSame(
        "an epoch that fails in the middle is written by a writer opened for a retry",
        "row",
        expected,
        written);
  }

  @Test
  final void query_restartedAfterACommit_goesOn() throws Exception {
    write(1, 1);
    write(2, 2);
    restartAfter(2);

    write(3, 3);

    assertWritten("a query restarted after a commit adds its next epoch", rows(1, 2, 3));
  }

  @Test
  final void writer_closedWithoutWriting_leavesNothing() throws Exception {
    restartAfter(0);

    assertWritten("a writer that is closed without a write leaves nothing", rows());
  }

  private void assertRepeated(String epoch, List<U> once, List<U> again) throws Exception {
    boolean repeats = sink.guarantee() == SinkGuarantee.AT_LEAST_ONCE;
    String law = "%s is kept %s by a sink that is [%s]";
    assertWritten(
        law.formatted(epoch, repeats ? "twice" : "once", sink.guarantee()), repeats ? again : once);
  }

  private void assertWritten(String law, List<U> expected) throws Exception {
    Laws.requireSame(law, "row", expected, written());
  }

  private void write(long epoch, int... numbers) throws Exception {
    writer.write(new ListEpochRows<>(QUERY, epoch, rows(numbers)));
  }

  private List<U> rows(int... numbers) {
    List<U> rows = new ArrayList<>();
    for (int number : numbers) {
      rows.add(row(number));
    }
    return rows;
  }

  private void restartAfter(long committedEpoch) throws Exception {
    writer.close();
    writer = openAfter(committedEpoch);
  }

  private SinkWriter<U> openAfter(long committedEpoch) throws Exception {
    return sink.open(new SinkContext(QUERY, QUERY_ID, committedEpoch));
  }
}
