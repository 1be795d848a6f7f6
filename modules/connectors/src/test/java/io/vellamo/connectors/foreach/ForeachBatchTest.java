package io.vellamo.connectors.foreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.testkit.ListEpochRows;
import io.vellamo.testkit.contract.SinkContract;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ForeachBatchTest extends SinkContract<String> {
  private final SortedMap<Long, List<String>> epochs = new TreeMap<>();

  /** User code that replaces what it wrote for the epoch before. */
  @Override
  protected RowSink<String> createSink() {
    return ForeachBatch.<String>sink((rows, epoch) -> epochs.put(epoch, rows)).idempotent();
  }

  @Override
  protected String row(int number) {
    return "row " + number;
  }

  @Override
  protected List<String> written() {
    return epochs.values().stream().flatMap(List::stream).toList();
  }

  @Test
  void q11_epoch_withoutRows_isHandedOverToo() throws Exception {
    createSink().open(context()).write(ListEpochRows.of("q", 5));

    assertThat(epochs).containsOnlyKeys(5L);
  }

  @Test
  void rows_cannotBeChanged() throws Exception {
    List<List<String>> batches = new ArrayList<>();
    ForeachSink<String> sink = ForeachBatch.sink((rows, epoch) -> batches.add(rows));
    sink.open(context()).write(ListEpochRows.of("q", 1, "a"));

    assertThatThrownBy(() -> batches.get(0).add("b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static SinkContext context() {
    return new SinkContext("q", new UUID(1, 1), 0);
  }
}
