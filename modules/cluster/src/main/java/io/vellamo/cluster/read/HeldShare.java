package io.vellamo.cluster.read;

import io.vellamo.cluster.chunk.Chunk;
import io.vellamo.cluster.chunk.Chunks;
import io.vellamo.cluster.chunk.GiveInput;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.pipeline.RoutedShare;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.persistence.message.EpochForms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A share that has been read, in chunks.
 *
 * @param report the chunks of the report
 * @param shards the chunks of each shard that has events
 */
record HeldShare(List<Chunk> report, Map<Integer, List<Chunk>> shards) {
  /**
   * Returns the chunks of a share.
   *
   * @param forms the forms of the query's values
   * @param shardsOfOperator the number of shards of each operator
   */
  static HeldShare of(RoutedShare share, EpochForms forms, int shardsOfOperator) {
    Map<Integer, List<Chunk>> shards = new HashMap<>();
    for (Map.Entry<Integer, ShardEvents> shard : share.shards().entrySet()) {
      EpochInput input = new EpochInput(shard.getValue(), InitialGroups.NONE);
      shards.put(
          shard.getKey(), Chunks.of(forms.writeInput(shard.getKey() / shardsOfOperator, input)));
    }
    return new HeldShare(Chunks.of(forms.writeReport(share.report())), shards);
  }

  /** Returns the chunks that are requested; none if the shard has no events. */
  List<Chunk> chunks(GiveInput request) {
    return request.shard() == GiveInput.REPORT
        ? report
        : shards.getOrDefault(request.shard(), List.of());
  }
}
