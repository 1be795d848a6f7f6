package io.vellamo.testkit.simulation;

import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.local.EffectFilter;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.local.PendingEffect;
import io.vellamo.engine.local.PendingEffect.Kind;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.query.QueryEffects;
import io.vellamo.engine.protocol.query.QueryInput;
import java.util.List;

/** Faults planted into the writing of ranges. */
final class RangeFaults {
  private RangeFaults() {}

  /** A fault in the effects of a query's machine. */
  private abstract static class OfQuery implements PlantedFault {
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

  private static void report(Simulation simulation, LocalRun run, QueryInput input) {
    simulation
        .queue(run)
        .add(PendingEffect.report(Kind.TURN, "not awaited: " + input, () -> run.tell(input)));
  }

  /** A commit that waits for the first range only. */
  static final class CommitBeforeAllWritten implements PlantedFault {
    private Runnable written = () -> {};
    private int range;

    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        @Override
        public QueryEffects ofQuery(LocalRun run, QueryEffects actual) {
          return new DelegatingQueryEffects(actual) {
            @Override
            public void writeSink(long epoch, long attempt) {
              range = 0;
              super.writeSink(epoch, attempt);
            }

            @Override
            public void writeRange(int number, long epoch, long attempt) {
              range = number;
              written = () -> run.tell(new QueryInput.RangeWritten(number, epoch, 0));
              super.writeRange(number, epoch, attempt);
              range = 0;
            }
          };
        }
      };
    }

    @Override
    public List<PendingEffect> effects(PendingEffect effect) {
      if (effect.kind() != Kind.WRITE || range == 0) {
        return List.of(effect);
      }
      return List.of(
          PendingEffect.report(Kind.TURN, "the commit does not wait for the range", written),
          PendingEffect.of(
              Kind.WRITE,
              effect.toString(),
              () -> {
                effect.carryOut();
                return effect;
              },
              done -> {},
              failure -> {}));
    }
  }

  /** Epochs that go on, so that shards forget their rows, before the ranges have committed. */
  static final class CommitNotAwaited implements PlantedFault {
    private Runnable committed = () -> {};

    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        @Override
        public QueryEffects ofQuery(LocalRun run, QueryEffects actual) {
          return new DelegatingQueryEffects(actual) {
            @Override
            public void commitRange(int range, long epoch) {
              committed = () -> run.tell(new QueryInput.RangeCommitted(range, epoch));
              super.commitRange(range, epoch);
            }
          };
        }
      };
    }

    @Override
    public List<PendingEffect> effects(PendingEffect effect) {
      if (effect.kind() != Kind.COMMIT) {
        return List.of(effect);
      }
      return List.of(
          PendingEffect.report(Kind.TURN, "the commit is not awaited", committed),
          PendingEffect.of(
              Kind.COMMIT,
              effect.toString(),
              () -> {
                effect.carryOut();
                return effect;
              },
              done -> {},
              failure -> {}));
    }
  }

  /** A run that takes it for granted that the last epoch is committed at the sink. */
  static final class CommitNotRepeated extends OfQuery {
    @Override
    QueryEffects effects(Simulation simulation, LocalRun run, QueryEffects actual) {
      return new DelegatingQueryEffects(actual) {
        private long atStart;

        @Override
        public void open(QueryLedger ledger, int ranges) {
          atStart = ledger.committedEpoch();
          super.open(ledger, ranges);
        }

        @Override
        public void commitRange(int range, long epoch) {
          if (epoch == atStart) {
            report(simulation, run, new QueryInput.RangeCommitted(range, epoch));
          } else {
            super.commitRange(range, epoch);
          }
        }
      };
    }
  }

  /** Rows that are lost at the sink and not sent again by the shards. */
  static final class RowsNotSentAgain extends OfQuery {
    @Override
    QueryEffects effects(Simulation simulation, LocalRun run, QueryEffects actual) {
      return new DelegatingQueryEffects(actual) {
        @Override
        public void writeRange(int range, long epoch, long attempt) {
          if (run.machine().journal().knownLedger().committedEpoch() == epoch) {
            report(simulation, run, new QueryInput.RangeWritten(range, epoch, 0));
          } else {
            super.writeRange(range, epoch, attempt);
          }
        }
      };
    }
  }

  /** A writer that a later run does not lock out. */
  static final class StaleOwnerWrites implements PlantedFault {
    @Override
    public PreparedQuery prepared(PreparedQuery query) {
      DelegatingSink unfenced =
          new DelegatingSink(query.plan().sink()) {
            @Override
            long owner(long owner) {
              return 1;
            }
          };
      return unfenced.in(query);
    }
  }
}
