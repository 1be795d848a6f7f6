package io.vellamo.actors.replay;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowId;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** A sink that keeps rows with their identities, in the order in which they were written. */
final class NamedRows<U> implements RowSink<U> {
  final List<Named<U>> all = Collections.synchronizedList(new ArrayList<>());

  /**
   * A row.
   *
   * @param id its identity
   * @param queryId the identity of its query
   * @param row the row
   */
  record Named<U>(RowId id, UUID queryId, U row) {}

  @Override
  public String description() {
    return "Named rows";
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.IDEMPOTENT;
  }

  @Override
  public SinkWriter<U> open(SinkContext context) {
    return new SinkWriter<>() {
      @Override
      public void write(EpochRows<? extends U> rows) {
        for (int index = 0; index < rows.size(); index++) {
          all.add(new Named<>(rows.id(index), context.queryId(), rows.row(index)));
        }
      }

      @Override
      public void close() {}
    };
  }
}
