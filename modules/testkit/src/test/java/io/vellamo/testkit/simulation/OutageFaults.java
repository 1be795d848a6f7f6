package io.vellamo.testkit.simulation;

import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.local.EffectFilter;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.local.PendingEffect;
import io.vellamo.engine.local.PendingEffect.Kind;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.query.QueryEffects;
import io.vellamo.engine.protocol.query.QueryInput;
import io.vellamo.engine.protocol.query.QueryNews;
import org.jspecify.annotations.Nullable;

/** Faults planted into calls that are made again after an outage. */
final class OutageFaults {
  private OutageFaults() {}

  /** A fault of the effects that follow a failed call. */
  private abstract static class AfterFailure implements PlantedFault {
    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        @Override
        public QueryEffects ofQuery(LocalRun run, QueryEffects actual) {
          return effects(simulation, run, actual);
        }
      };
    }

    abstract QueryEffects effects(Simulation simulation, LocalRun run, QueryEffects actual);
  }

  /** An epoch that is committed although the sink has not written it after its outage. */
  static final class CommittedWithoutWrite extends AfterFailure {
    @Override
    QueryEffects effects(Simulation simulation, LocalRun run, QueryEffects actual) {
      return new DelegatingQueryEffects(actual) {
        private boolean hasFailed;

        @Override
        public void publish(QueryNews news) {
          hasFailed |= news instanceof QueryNews.CallFailed;
          super.publish(news);
        }

        @Override
        public void writeSink(long epoch, long attempt) {
          if (!hasFailed) {
            super.writeSink(epoch, attempt);
            return;
          }
          hasFailed = false;
          simulation
              .queue(run)
              .add(
                  PendingEffect.report(
                      Kind.TURN,
                      "the epoch is not written again",
                      () -> run.tell(new QueryInput.SinkWritten(epoch, 0))));
        }
      };
    }
  }

  /** An epoch that is read again without its first range. */
  static final class ReadWithoutRange extends AfterFailure {
    @Override
    QueryEffects effects(Simulation simulation, LocalRun run, QueryEffects actual) {
      return new DelegatingQueryEffects(actual) {
        private boolean hasFailed;

        @Override
        public void publish(QueryNews news) {
          hasFailed |= news instanceof QueryNews.CallFailed;
          super.publish(news);
        }

        @Override
        public void read(EpochPlan plan, long attempt, boolean hasParked) {
          boolean leavesOut = hasFailed && plan.ranges().size() > 1;
          hasFailed = false;
          super.read(
              leavesOut
                  ? new EpochPlan(plan.ranges().subList(1, plan.ranges().size()), plan.times())
                  : plan,
              attempt,
              hasParked);
        }
      };
    }
  }

  /** A sink that, once it works again, gets the preceding epoch's rows as those of this one. */
  static final class RowsOfAnotherEpoch implements PlantedFault {
    @Override
    public PreparedQuery prepared(PreparedQuery query) {
      return new PreparedQuery(
          new StaleRows(query.plan().sink()).in(query.plan()),
          query.compiled(),
          query.operators(),
          query.eventCodec(),
          query.names());
    }
  }

  private static final class StaleRows implements RowSink<Object> {
    private final RowSink<Object> actual;
    private boolean hasFailed;
    private @Nullable EpochRows<?> last;

    @SuppressWarnings("unchecked") // the rows are passed on
    StaleRows(RowSink<?> actual) {
      this.actual = (RowSink<Object>) actual;
    }

    QueryPlan in(QueryPlan plan) {
      return new QueryPlan(
          plan.name(),
          plan.upstream(),
          this,
          plan.errorPolicy(),
          plan.deadLetters(),
          plan.lateEvents(),
          plan.trigger(),
          plan.watermarkPolicy(),
          plan.maxEventsPerEpoch(),
          plan.clock(),
          plan.retry());
    }

    @Override
    public String description() {
      return actual.description();
    }

    @Override
    public SinkGuarantee guarantee() {
      return actual.guarantee();
    }

    @Override
    public SinkWriter<Object> open(SinkContext context) throws Exception {
      SinkWriter<Object> writer = actual.open(context);
      return new SinkWriter<>() {
        @Override
        public void write(EpochRows<?> rows) throws Exception {
          EpochRows<?> stale = last;
          EpochRows<?> written = hasFailed && stale != null ? stale : rows;
          hasFailed = true;
          writer.write(written);
          hasFailed = false;
          last = rows;
        }

        @Override
        public void close() {
          writer.close();
        }
      };
    }
  }
}
