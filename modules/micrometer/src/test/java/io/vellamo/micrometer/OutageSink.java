package io.vellamo.micrometer;

import io.vellamo.api.RetryableException;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;

/** A sink without a destination that can be made to fail from an epoch on. */
final class OutageSink implements RowSink<String> {
  private volatile long failsFrom = Long.MAX_VALUE;

  void failFrom(long epoch) {
    failsFrom = epoch;
  }

  void workAgain() {
    failsFrom = Long.MAX_VALUE;
  }

  @Override
  public String description() {
    return "Failing";
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.IDEMPOTENT;
  }

  @Override
  public SinkWriter<String> open(SinkContext context) {
    return new SinkWriter<>() {
      @Override
      public void write(EpochRows<? extends String> epoch) throws Exception {
        if (epoch.epoch() >= failsFrom) {
          throw new RetryableException("out of order", null);
        }
      }

      @Override
      public void close() {}
    };
  }
}
