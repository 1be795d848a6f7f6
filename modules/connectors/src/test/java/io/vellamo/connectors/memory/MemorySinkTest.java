package io.vellamo.connectors.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.testkit.ListEpochRows;
import io.vellamo.testkit.contract.SinkContract;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class MemorySinkTest extends SinkContract<String> {
  private final MemorySink<String> sink = MemorySink.create();

  @Override
  protected RowSink<String> createSink() {
    return sink;
  }

  @Override
  protected String row(int number) {
    return "row " + number;
  }

  @Override
  protected List<String> written() {
    return sink.rows();
  }

  @Test
  void rowsOfEpoch_areThoseOfThatEpoch() throws Exception {
    SinkWriter<String> writer = open(1);
    writer.write(ListEpochRows.of("q", 1, "a"));
    writer.write(ListEpochRows.of("q", 2, "b", "c"));

    assertThat(sink.rowsOfEpoch(2)).containsExactly("b", "c");
    assertThat(sink.rowsOfEpoch(3)).isEmpty();
  }

  @Test
  void q12_epochWrittenAgain_isIgnored() throws Exception {
    SinkWriter<String> writer = open(1);
    writer.write(ListEpochRows.of("q", 1, "a"));
    writer.write(ListEpochRows.of("q", 1, "a"));

    assertThat(sink.rows()).containsExactly("a");
  }

  @Test
  void clear_removesAllRows() throws Exception {
    open(1).write(ListEpochRows.of("q", 1, "a"));

    sink.clear();

    assertThat(sink.rows()).isEmpty();
  }

  @Test
  void queries_sharingASink_keepTheirEpochsApart() throws Exception {
    open(1).write(ListEpochRows.of("q", 1, "a"));
    open(2).write(ListEpochRows.of("r", 1, "b"));

    assertThat(sink.rows()).containsExactly("a", "b");
    assertThat(sink.rowsOfEpoch(1)).containsExactly("a", "b");
  }

  @Test
  void wholeResult_replacesThatOfItsQuery() throws Exception {
    open(1).write(ListEpochRows.of("q", 1, "other"));
    SinkWriter<String> writer =
        sink.open(new SinkContext("r", new UUID(0, 2), 0, OutputMode.COMPLETE));
    writer.write(ListEpochRows.of("r", 1, "a"));
    writer.write(ListEpochRows.of("r", 2, "a", "b"));

    assertThat(sink.rows()).containsExactly("other", "a", "b");
    assertThat(sink.rowsOfEpoch(1)).containsExactly("other");
    writer.write(ListEpochRows.of("r", 2, "b"));
    assertThat(sink.rows()).containsExactly("other", "b");
  }

  private SinkWriter<String> open(long query) {
    return sink.open(new SinkContext("q" + query, new UUID(0, query), 0));
  }
}
