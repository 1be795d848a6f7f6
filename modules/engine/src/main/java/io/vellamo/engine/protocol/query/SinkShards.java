package io.vellamo.engine.protocol.query;

import io.vellamo.api.sink.ShardRange;
import java.util.ArrayList;
import java.util.List;

/** The shards whose rows go to the sink, by range. Shards are numbered across all operators. */
final class SinkShards {
  private final List<List<Integer>> shards = new ArrayList<>();

  /**
   * Divides the shards of a query.
   *
   * @param ranges the number of ranges; 0 if the sink has one writer
   */
  SinkShards(QuerySetup setup, int ranges) {
    for (ShardRange range :
        ranges == 0 ? List.<ShardRange>of() : ShardRange.split(setup.shards(), ranges)) {
      List<Integer> ofRange = new ArrayList<>();
      for (int operator = 0; operator < setup.operators(); operator++) {
        for (int shard = range.first();
            setup.operator(operator).rows().leadsToSink() && shard < range.end();
            shard++) {
          ofRange.add(operator * setup.shards() + shard);
        }
      }
      shards.add(ofRange);
    }
  }

  /** Returns the number of ranges; 0 if the sink has one writer. */
  int ranges() {
    return shards.size();
  }

  List<Integer> ofRange(int range) {
    return shards.get(range);
  }
}
