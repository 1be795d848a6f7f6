package io.vellamo.testkit.simulation;

import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.DeadLettersRecorded;
import io.vellamo.engine.journal.JournalRecord.EpochRecord;
import io.vellamo.engine.journal.JournalRecord.InputsRecorded;
import io.vellamo.engine.journal.JournalRecord.ParksChanged;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardChangedPart;
import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.local.EffectFilter;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.local.LocalShard;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardFailure;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.query.QueryEffects;
import io.vellamo.engine.protocol.shard.ShardEffects;
import io.vellamo.engine.protocol.shard.ShardInput;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Faults that open again what the fences of shards have closed. All of them can happen on one node,
 * as a shard is started again while its query goes on.
 */
final class HoleFaults {
  private HoleFaults() {}

  /**
   * A recovered shard keeps the first parts of an epoch that an earlier activation did not
   * complete: neither the claim of the next one nor the part 0 voids them.
   */
  static final class PartsNotVoided implements PlantedFault {
    @Override
    public SimulatedJournal journal() {
      return new SimulatedJournal() {
        @Override
        public Recovery read(String log) {
          Recovery read = super.read(log);
          return new Recovery(merged(read.records()), read.lastSequenceNr());
        }
      };
    }

    private static List<JournalRecord> merged(List<JournalRecord> records) {
      List<JournalRecord> merged = new ArrayList<>();
      List<EpochRecord> parts = new ArrayList<>();
      for (JournalRecord record : records) {
        if (record instanceof EpochRecord part) {
          if (!parts.isEmpty() && !isSameEpoch(parts.get(0), part)) {
            parts.clear();
          }
          parts.add(part);
          if (part instanceof ShardChanged) {
            for (int number = 0; number < parts.size(); number++) {
              merged.add(numbered(parts.get(number), number));
            }
            parts.clear();
          }
        } else {
          merged.add(record);
        }
      }
      return merged;
    }

    private static boolean isSameEpoch(EpochRecord one, EpochRecord other) {
      return one.epoch() == other.epoch() && one.incarnation() == other.incarnation();
    }

    private static ShardRecord numbered(EpochRecord record, int part) {
      if (record instanceof ShardChanged changed) {
        return new ShardChanged(part, changed.change());
      }
      if (record instanceof ShardChangedPart changed) {
        return new ShardChangedPart(part, changed.change());
      }
      if (record instanceof InputsRecorded recorded) {
        return new InputsRecorded(part, recorded.inputs());
      }
      if (record instanceof DeadLettersRecorded recorded) {
        return new DeadLettersRecorded(part, recorded.letters());
      }
      return new ParksChanged(part, ((ParksChanged) record).parks());
    }
  }

  /** A recovered shard does not know by which run it was opened, only whose epochs it holds. */
  static final class OpeningNotRecovered implements PlantedFault {
    @Override
    public SimulatedJournal journal() {
      return new ChangedRecovery(OpeningNotRecovered::withoutRun);
    }

    private static JournalRecord withoutRun(JournalRecord record) {
      return record instanceof ShardOwned owned ? new ShardOwned(owned.owner(), 0) : record;
    }
  }

  /** A shard runs an epoch for a run that has not opened it, without having claimed its journal. */
  static final class NotOpenedAccepted implements PlantedFault {
    // The owner that each unopened activation takes itself for.
    private final Map<String, Long> owners = new HashMap<>();
    // The owner that its latest request was for.
    private final Map<String, Long> asked = new HashMap<>();
    private final Set<String> opened = new HashSet<>();

    @Override
    public SimulatedJournal journal() {
      return new SimulatedJournal() {
        @Override
        public long append(
            String log, long after, String writer, List<? extends JournalRecord> records) {
          boolean isClaim = records.get(0) instanceof ShardOwned;
          return isClaim && owners.containsKey(writer)
              ? after
              : super.append(log, after, writer, records);
        }
      };
    }

    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        @Override
        public ShardInput input(LocalShard shard, ShardInput input) {
          String name = shard.toString();
          if (input instanceof ShardInput.Requested requested
              && requested.request() instanceof ShardRequest.Open
              && !owners.containsKey(name)) {
            opened.add(name);
          }
          boolean isAccepted =
              input instanceof ShardInput.RunRequested run
                  && !opened.contains(name)
                  && run.request().fence().incarnation() >= shard.ledger().incarnation();
          return isAccepted ? accepted(shard, (ShardInput.RunRequested) input) : input;
        }

        @Override
        public ShardReply reply(LocalShard shard, ShardReply reply) {
          Long owner = asked.get(shard.toString());
          return reply instanceof ShardReply.Done done && owner != null
              ? withFence(done, withOwner(done.fence(), owner))
              : reply;
        }
      };
    }

    private ShardInput accepted(LocalShard shard, ShardInput.RunRequested run) {
      ShardRequest.RunEpoch request = run.request();
      if (owners.putIfAbsent(shard.toString(), shard.ledger().owner() + 1) == null) {
        long incarnation = request.fence().incarnation();
        shard.request(
            new ShardRequest.Open(incarnation, false, List.of()),
            null,
            (reply, output, cause) -> {});
      }
      asked.put(shard.toString(), request.fence().owner());
      long owner = owners.getOrDefault(shard.toString(), 0L);
      return new ShardInput.RunRequested(
          new ShardRequest.RunEpoch(
              withOwner(request.fence(), owner),
              request.times(),
              request.ranges(),
              request.wholeResult()),
          run.input(),
          run.replyTo());
    }

    private static Fence withOwner(Fence fence, long owner) {
      return new Fence(fence.incarnation(), owner, fence.epoch(), fence.attempt());
    }
  }

  /** A request that a later one has overtaken fails the query. */
  static final class OvertakenRequestFails implements PlantedFault {
    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        @Override
        public ShardEffects ofShard(LocalShard shard, ShardEffects actual) {
          return new DelegatingShardEffects(actual) {
            @Override
            public void ignored(long replyTo) {
              ShardFailure failure =
                  ShardFailure.of("shard [%d] must not be ahead".formatted(shard.index()));
              super.failed(replyTo, new ShardReply.Failed(shard.index(), null, failure), null);
            }
          };
        }
      };
    }
  }

  /** A late reply counts for the epoch that runs now. */
  static final class LateReplyCounts implements PlantedFault {
    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        private final Map<String, Fence> awaited = new HashMap<>();

        @Override
        public QueryEffects ofQuery(LocalRun run, QueryEffects actual) {
          return new DelegatingQueryEffects(actual) {
            @Override
            public void send(int shard, ShardRequest request) {
              if (request instanceof ShardRequest.RunEpoch epoch) {
                awaited.put(run.shards().get(shard).toString(), epoch.fence());
              }
              super.send(shard, request);
            }
          };
        }

        @Override
        public ShardReply reply(LocalShard shard, ShardReply reply) {
          Fence fence = awaited.get(shard.toString());
          return reply instanceof ShardReply.Done done && fence != null
              ? withFence(done, fence)
              : reply;
        }
      };
    }
  }

  /** A second request for the epoch that runs begins it again: its groups are called twice. */
  static final class RunningEpochBegunAgain implements PlantedFault {
    private record Calls(List<EpochCall> calls, EpochTimes times) {}

    @Override
    public EffectFilter filter(Simulation simulation) {
      return new EffectFilter() {
        private final Map<String, Calls> underWay = new HashMap<>();

        @Override
        public ShardEffects ofShard(LocalShard shard, ShardEffects actual) {
          return new DelegatingShardEffects(actual) {
            @Override
            public void call(List<EpochCall> calls, EpochTimes times) {
              underWay.put(shard.toString(), new Calls(calls, times));
              super.call(calls, times);
            }
          };
        }

        @Override
        public ShardInput input(LocalShard shard, ShardInput input) {
          Calls calls = underWay.get(shard.toString());
          if (input instanceof ShardInput.Called) {
            underWay.remove(shard.toString());
          } else if (input instanceof ShardInput.RunRequested run
              && calls != null
              && run.request().times().equals(calls.times())) {
            shard.call(calls.calls(), calls.times());
          }
          return input;
        }
      };
    }
  }

  private static ShardReply withFence(ShardReply.Done done, Fence fence) {
    return new ShardReply.Done(
        done.shard(),
        fence,
        done.rows(),
        done.deadLettered(),
        done.due(),
        done.size(),
        done.updated(),
        done.removed(),
        done.work());
  }
}
