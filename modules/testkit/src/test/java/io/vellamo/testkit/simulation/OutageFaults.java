package io.vellamo.testkit.simulation;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.local.EffectFilter;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.local.PendingEffect;
import io.vellamo.engine.local.PendingEffect.Kind;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.query.QueryEffects;
import io.vellamo.engine.protocol.query.QueryInput;
import io.vellamo.engine.protocol.query.QueryNews;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

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
      return new StaleRows(query.plan().sink()).in(query);
    }
  }

  private static final class StaleRows extends DelegatingSink {
    private final Map<ShardRange, EpochRows<?>> last = new HashMap<>();
    private final Set<ShardRange> failed = new HashSet<>();

    StaleRows(RowSink<?> actual) {
      super(actual);
    }

    @Override
    void write(ShardRange range, EpochRows<?> rows, Next next) throws Exception {
      EpochRows<?> stale = last.get(range);
      EpochRows<?> written = failed.contains(range) && stale != null ? stale : rows;
      failed.add(range);
      next.write(written);
      failed.remove(range);
      last.put(range, rows);
    }
  }

  /** A range that, after its outage, counts as committed, or as written. */
  private abstract static class RangeNotCalledAgain extends AfterFailure {
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
        public void commitRange(int range, long epoch) {
          if (!skip(new QueryInput.RangeCommitted(range, epoch))) {
            super.commitRange(range, epoch);
          }
        }

        @Override
        public void writeRange(int range, long epoch, long attempt) {
          if (!skip(new QueryInput.RangeWritten(range, epoch, 0))) {
            super.writeRange(range, epoch, attempt);
          }
        }

        private boolean skip(QueryInput outcome) {
          if (!hasFailed || !isSkipped(outcome)) {
            return false;
          }
          hasFailed = false;
          simulation
              .queue(run)
              .add(
                  PendingEffect.report(
                      Kind.TURN, "the range is not called again", () -> run.tell(outcome)));
          return true;
        }
      };
    }

    abstract boolean isSkipped(QueryInput outcome);
  }

  /** A range that counts as committed after the outage of its commit. */
  static final class RangeNotCommittedAgain extends RangeNotCalledAgain {
    @Override
    boolean isSkipped(QueryInput outcome) {
      return outcome instanceof QueryInput.RangeCommitted;
    }
  }

  /** A range that counts as written after the outage of its write. */
  static final class RangeNotWrittenAgain extends RangeNotCalledAgain {
    @Override
    boolean isSkipped(QueryInput outcome) {
      return outcome instanceof QueryInput.RangeWritten;
    }
  }
}
