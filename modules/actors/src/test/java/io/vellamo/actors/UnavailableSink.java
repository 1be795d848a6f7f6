package io.vellamo.actors;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A sink in memory that can be made to fail; it records its calls, and keeps each row. */
final class UnavailableSink<U> implements RowSink<U> {
  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<U> rows = new CopyOnWriteArrayList<>();
  private volatile @Nullable Exception failure;
  private volatile @Nullable Exception openFailure;

  /** Lets writes fail; null lets them succeed again. */
  void failsWith(@Nullable Exception thrown) {
    failure = thrown;
  }

  /** Lets the opening fail; null lets it succeed again. */
  void opensWith(@Nullable Exception thrown) {
    openFailure = thrown;
  }

  @Override
  public String description() {
    return "Unavailable";
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.IDEMPOTENT;
  }

  @Override
  public SinkWriter<U> open(SinkContext context) throws Exception {
    calls.add("open after " + context.committedEpoch());
    if (openFailure != null) {
      throw openFailure;
    }
    return new SinkWriter<>() {
      @Override
      public void write(EpochRows<? extends U> epoch) throws Exception {
        calls.add("write " + epoch.epoch());
        if (failure != null) {
          throw failure;
        }
        for (int i = 0; i < epoch.size(); i++) {
          rows.add(epoch.row(i));
        }
      }

      @Override
      public void close() {
        calls.add("close");
      }
    };
  }
}
