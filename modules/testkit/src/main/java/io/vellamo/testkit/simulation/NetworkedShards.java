package io.vellamo.testkit.simulation;

import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.local.EffectQueue;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.local.LocalShard;
import io.vellamo.engine.local.PendingEffect;
import io.vellamo.engine.local.RecordText;
import io.vellamo.engine.local.ShardHosts;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.query.Deliveries;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shards of a coordinator's run in a simulated cluster: they live elsewhere, and requests are
 * sent again until they are answered.
 *
 * <p><b>Threading</b> Used by one thread.
 */
final class NetworkedShards implements ShardHosts {
  private static final long FIRST_MILLIS = 500;
  private static final long MOST_MILLIS = 5_000;

  private final LocalRun run;
  private final SimulatedNetwork network;
  private final SimulatedClock clock;
  private final EffectQueue queue;
  private final Deliveries deliveries = new Deliveries(FIRST_MILLIS, MOST_MILLIS);
  private long wakesAt = Long.MAX_VALUE;
  private boolean isStarted;

  NetworkedShards(LocalRun run, SimulatedNetwork network, SimulatedClock clock, EffectQueue queue) {
    this.run = run;
    this.network = network;
    this.clock = clock;
    this.queue = queue;
  }

  @Override
  public void start(QueryCreated created) {
    isStarted = true;
  }

  @Override
  public void restart(int shard) {}

  @Override
  public void send(int shard, ShardRequest request) {
    deliveries.sent(shard, request, clock.monotonicMillis());
    transmit(shard, request);
    wake();
  }

  private void transmit(int shard, ShardRequest request) {
    EpochInput input = run.input(shard, request);
    LocalShard atSending = network.home(shard);
    network.carry(
        "%s asks shard %d %s".formatted(run, shard, RecordText.of(request)),
        () -> network.receiver(shard, atSending, run).request(request, input, this::answered));
  }

  private void answered(ShardReply reply, @Nullable EpochOutput output, @Nullable Throwable cause) {
    network.carry(
        "%s gets from shard %d %s".formatted(run, reply.shard(), RecordText.of(reply)),
        () -> {
          deliveries.replied(reply);
          run.replied(reply, output, cause);
        });
  }

  /** Requests a wake-up for the next request that is due, unless there is one. */
  private void wake() {
    long next = deliveries.nextMillis().orElse(Long.MAX_VALUE);
    if (next < wakesAt) {
      wakesAt = next;
      queue.addAfter(
          Math.max(0, next - clock.monotonicMillis()),
          PendingEffect.report(PendingEffect.Kind.TURN, run + " asks again", () -> askAgain(next)));
    }
  }

  private void askAgain(long at) {
    if (at == wakesAt && !run.isEnded()) {
      wakesAt = Long.MAX_VALUE;
      deliveries.due(clock.monotonicMillis()).forEach(due -> transmit(due.shard(), due.request()));
      wake();
    }
  }

  @Override
  public void discarded(long epoch, long attempt) {
    deliveries.discarded(epoch, attempt);
  }

  @Override
  public List<LocalShard> shards() {
    return isStarted ? network.homes() : List.of();
  }

  @Override
  public void end() {
    wakesAt = Long.MAX_VALUE;
  }
}
