package io.vellamo.benchmarks.flink;

import io.vellamo.benchmarks.workload.DataSet;
import io.vellamo.benchmarks.workload.Engine;
import io.vellamo.benchmarks.workload.Job;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * An engine that runs each workload as a job on a cluster within this JVM, with a checkpoint each
 * second to the local disk. A job ends after its final checkpoint.
 *
 * @param state the state backend
 */
record FlinkEngine(State state) implements Engine {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);

  /** Memory for RocksDB; the default of a cluster within a JVM, 128 MiB, is small. */
  private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(512);

  /** Flink's state backends. */
  enum State {
    HEAP("hashmap"),
    ROCKSDB("rocksdb");

    private final String backend;

    State(String backend) {
      this.backend = backend;
    }
  }

  @Override
  public String name() {
    return "flink, " + state.name().toLowerCase(Locale.ROOT) + ", checkpoints";
  }

  @Override
  public void run(Job job) throws Exception {
    Configuration configuration = configuration(job);
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment(configuration);
    environment.setParallelism(DataSet.PARTS);
    String id = RunningJobs.add(job);
    FlinkJobs.rows(environment, job.workload(), id).sinkTo(new TallySink(id));
    MiniCluster cluster = new MiniCluster(cluster(configuration));
    try {
      cluster.start();
      cluster.executeJobBlocking(environment.getStreamGraph().getJobGraph());
      job.meter().end();
    } finally {
      RunningJobs.remove(id);
      cluster.close();
    }
  }

  private static MiniClusterConfiguration cluster(Configuration configuration) {
    return new MiniClusterConfiguration.Builder()
        .setConfiguration(configuration)
        .setNumTaskManagers(1)
        .setNumSlotsPerTaskManager(DataSet.PARTS)
        .build();
  }

  private Configuration configuration(Job job) {
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, state.backend);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, job.scratch().toUri().toString());
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, state == State.ROCKSDB);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return configuration;
  }
}
