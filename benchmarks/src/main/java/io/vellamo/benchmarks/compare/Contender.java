package io.vellamo.benchmarks.compare;

import io.vellamo.benchmarks.floor.FloorEngine;
import io.vellamo.benchmarks.workload.Workload;
import java.util.List;

/** An engine with its settings, as a row of the table. */
enum Contender {
  FLOOR,
  FLOOR_LOG,
  INLINE_MEMORY,
  INLINE_JOURNAL,
  ACTOR_MEMORY,
  ACTOR_JOURNAL,
  FLINK_HEAP,
  FLINK_ROCKSDB;

  /** Returns whether this engine is in the jar of the peers. */
  boolean isPeer() {
    return this == FLINK_HEAP || this == FLINK_ROCKSDB;
  }

  /** Returns whether this engine runs a workload: plain Java has no loop for some. */
  boolean runs(Workload workload) {
    return (this != FLOOR && this != FLOOR_LOG) || FloorEngine.runs(workload);
  }

  /** Returns the arguments that select this engine on the command line of its jar. */
  List<String> arguments() {
    return switch (this) {
      case FLOOR -> List.of("--engine", "floor", "--durability", "memory");
      case FLOOR_LOG -> List.of("--engine", "floor", "--durability", "journal");
      case INLINE_MEMORY -> List.of("--hosting", "inline", "--durability", "memory");
      case INLINE_JOURNAL -> List.of("--hosting", "inline", "--durability", "journal");
      case ACTOR_MEMORY -> List.of("--hosting", "actor", "--durability", "memory");
      case ACTOR_JOURNAL -> List.of("--hosting", "actor", "--durability", "journal");
      case FLINK_HEAP -> List.of("--state", "heap");
      case FLINK_ROCKSDB -> List.of("--state", "rocksdb");
    };
  }
}
