package io.vellamo.engine.local;

import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.ShardRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shards of a run that live and end with it. */
final class OwnShards implements ShardHosts {
  private final LocalRun run;
  private final EffectQueue queue;
  private final EffectFilter filter;
  private final List<LocalShard> shards = new ArrayList<>();

  OwnShards(LocalRun run, EffectQueue queue, EffectFilter filter) {
    this.run = run;
    this.queue = queue;
    this.filter = filter;
  }

  @Override
  public void start(QueryCreated created) {
    for (int shard = 0; shard < run.allShards(); shard++) {
      shards.add(activation(shard));
    }
    shards.forEach(LocalShard::start);
  }

  private LocalShard activation(int shard) {
    return run.activation(shard, run.toString(), queue, cause -> run.lost(shard, cause));
  }

  @Override
  public void restart(int shard) {
    LocalShard next = activation(shard);
    shards.set(shard, next);
    next.start();
  }

  @Override
  public void send(int shard, ShardRequest request) {
    EpochInput input = run.input(shard, request);
    LocalShard addressee = shards.get(shard);
    queue.add(
        PendingEffect.message(
            "%s asks shard %d".formatted(run, shard),
            "%s asks shard %d %s".formatted(run, shard, RecordText.of(request)),
            () -> {
              if (!run.isEnded() && !addressee.losesMessage()) {
                deliver(shard, request, input);
              }
            }));
  }

  private void deliver(int shard, ShardRequest request, @Nullable EpochInput input) {
    LocalShard own = shards.get(shard);
    own.request(request, input, run::replied);
    LocalShard other = filter.alsoReceives(run, own);
    if (other != null) {
      other.request(request, input, run::replied);
    }
  }

  @Override
  public List<LocalShard> shards() {
    return List.copyOf(shards);
  }

  @Override
  public void end() {
    shards.forEach(LocalShard::end);
  }
}
