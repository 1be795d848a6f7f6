package io.vellamo.testkit.simulation;

import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.journal.JournalRecord.EpochPlanned;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import io.vellamo.engine.local.EffectFilter;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.local.LocalShard;
import io.vellamo.engine.local.PendingEffect;
import io.vellamo.engine.local.PendingEffect.Kind;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.query.QueryEffects;
import io.vellamo.engine.protocol.query.QueryInput;
import io.vellamo.engine.protocol.shard.ShardEffects;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Faults planted into the effects of the machines. */
final class ProtocolFaults {
  private ProtocolFaults() {}

  /** A fault that knows how to report that the sink has written. */
  private abstract static class SinkFault implements PlantedFault {
    Runnable written = () -> {};

    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        @Override
        public QueryEffects ofQuery(LocalRun run, QueryEffects actual) {
          return new DelegatingQueryEffects(actual) {
            @Override
            public void writeSink(long epoch, long attempt) {
              written = () -> run.tell(new QueryInput.SinkWritten(epoch, 0));
              super.writeSink(epoch, attempt);
            }
          };
        }
      };
    }

    @Override
    public List<PendingEffect> effects(PendingEffect effect) {
      return effect.kind() == Kind.WRITE ? inPlaceOf(effect, written) : List.of(effect);
    }

    abstract List<PendingEffect> inPlaceOf(PendingEffect write, Runnable report);

    /** Returns a write without its report. */
    static PendingEffect silent(PendingEffect write, Consumer<PendingEffect> onDone) {
      return PendingEffect.of(
          Kind.WRITE,
          write.toString(),
          () -> {
            write.carryOut();
            return write;
          },
          onDone,
          failure -> onDone.accept(write));
    }
  }

  /** A commit that does not wait for the sink. */
  static final class CommitBeforeSink extends SinkFault {
    @Override
    List<PendingEffect> inPlaceOf(PendingEffect write, Runnable report) {
      return List.of(
          PendingEffect.report(Kind.TURN, "the commit does not wait for the sink", report),
          silent(write, done -> {}));
    }
  }

  /** A commit of an epoch of which the sink has written only a part, or nothing. */
  static final class FailedWriteCommitted extends SinkFault {
    @Override
    List<PendingEffect> inPlaceOf(PendingEffect write, Runnable report) {
      return List.of(silent(write, done -> report.run()));
    }
  }

  /** A plan that is journaled only with what follows it. */
  static final class PlanAfterRead implements PlantedFault {
    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        @Override
        public QueryEffects ofQuery(LocalRun run, QueryEffects actual) {
          return new Late(run, actual, simulation);
        }
      };
    }

    private static final class Late extends DelegatingQueryEffects {
      private final LocalRun run;
      private final Simulation simulation;
      private final List<QueryRecord> held = new ArrayList<>();

      Late(LocalRun run, QueryEffects actual, Simulation simulation) {
        super(actual);
        this.run = run;
        this.simulation = simulation;
      }

      @Override
      public void persist(List<QueryRecord> records) {
        List<QueryRecord> now = new ArrayList<>(held);
        held.clear();
        now.addAll(records);
        QueryRecord last = now.get(now.size() - 1);
        if (last instanceof EpochPlanned) {
          held.add(last);
          now.remove(now.size() - 1);
        }
        if (now.isEmpty()) {
          simulation
              .queue(run)
              .add(
                  PendingEffect.report(
                      Kind.TURN,
                      "the plan is not written yet",
                      () -> run.tell(new QueryInput.Journaled(0))));
        } else {
          actual.persist(now);
        }
      }
    }
  }

  /** Events at the watermark are late. */
  static final class LateTest implements PlantedFault {
    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        @Override
        public QueryEffects ofQuery(LocalRun run, QueryEffects actual) {
          return new DelegatingQueryEffects(actual) {
            @Override
            public void read(EpochPlan plan, long attempt, boolean hasParked) {
              EpochTimes times = plan.times();
              EpochTimes wrong =
                  new EpochTimes(
                      times.epoch(),
                      times.processingTimeMillis(),
                      times.watermark(),
                      moved(times.lateWatermark(), 1));
              super.read(new EpochPlan(plan.ranges(), wrong), attempt, hasParked);
            }
          };
        }
      };
    }
  }

  /** Timeouts fire when their time has come, not when it has passed. */
  static final class EarlyTimeout implements PlantedFault {
    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        @Override
        public QueryEffects ofQuery(LocalRun run, QueryEffects actual) {
          return new DelegatingQueryEffects(actual) {
            @Override
            public void send(int shard, ShardRequest request) {
              super.send(
                  shard,
                  request instanceof ShardRequest.RunEpoch epoch
                      ? new ShardRequest.RunEpoch(
                          epoch.fence(),
                          moved(epoch.times(), 1),
                          epoch.ranges(),
                          epoch.wholeResult())
                      : request);
            }
          };
        }

        @Override
        public ShardEffects ofShard(LocalShard shard, ShardEffects actual) {
          return new DelegatingShardEffects(actual) {
            @Override
            public void call(List<EpochCall> calls, EpochTimes times) {
              super.call(calls, moved(times, -1));
            }
          };
        }
      };
    }

    private static EpochTimes moved(EpochTimes times, int millis) {
      return new EpochTimes(
          times.epoch(),
          times.processingTimeMillis() + millis,
          ProtocolFaults.moved(times.watermark(), millis),
          times.lateWatermark());
    }
  }

  /** An epoch that was read ahead is kept although the one before it has failed. */
  static final class ReadAheadKept implements PlantedFault {
    private final Map<Long, EpochPlan> kept = new HashMap<>();

    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        @Override
        public QueryEffects ofQuery(LocalRun run, QueryEffects actual) {
          return new DelegatingQueryEffects(actual) {
            @Override
            public void read(EpochPlan plan, long attempt, boolean hasParked) {
              EpochPlan first = kept.computeIfAbsent(plan.epoch(), none -> plan);
              super.read(new EpochPlan(first.ranges(), plan.times()), attempt, hasParked);
            }
          };
        }
      };
    }
  }

  /** Only the first run of a query reads the initial states. */
  static final class InitialStatesReadOnce implements PlantedFault {
    private boolean isRead;

    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        @Override
        public QueryEffects ofQuery(LocalRun run, QueryEffects actual) {
          return new DelegatingQueryEffects(actual) {
            @Override
            public void readInitialStates() {
              if (isRead) {
                Runnable report = () -> run.tell(new QueryInput.InitialStatesRead(Set.of()));
                simulation
                    .queue(run)
                    .add(PendingEffect.report(Kind.TURN, "no initial states", report));
              } else {
                isRead = true;
                super.readInitialStates();
              }
            }
          };
        }
      };
    }
  }

  /** A recovery begins after the first part of the epoch before the snapshot. */
  static final class SnapshotInTheMidst implements PlantedFault {
    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        @Override
        public ShardEffects ofShard(LocalShard shard, ShardEffects actual) {
          return new DelegatingShardEffects(actual) {
            @Override
            public void markSnapshot(long beginsAfter, long before) {
              var next =
                  simulation
                      .journal()
                      .entries(shard.log())
                      .get(Math.toIntExact(beginsAfter))
                      .record();
              boolean isWhole = next instanceof ShardChanged || next instanceof ShardOwned;
              super.markSnapshot(isWhole ? beginsAfter : beginsAfter + 1, before);
            }
          };
        }
      };
    }
  }

  private static Watermark moved(Watermark watermark, int millis) {
    return !watermark.isKnown() || watermark.equals(Watermark.END)
        ? watermark
        : Watermark.of(watermark.millis() + millis);
  }
}
