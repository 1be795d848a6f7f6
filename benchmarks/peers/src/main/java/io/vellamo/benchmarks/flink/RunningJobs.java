package io.vellamo.benchmarks.flink;

import io.vellamo.benchmarks.workload.Job;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The jobs that run in this JVM. The map is static because Flink serializes sources and sinks: they
 * hold a job's id and look up the job and its meter here.
 */
final class RunningJobs {
  private static final Map<String, Job> JOBS = new ConcurrentHashMap<>();

  private RunningJobs() {}

  /** Adds a job and returns its id. */
  static String add(Job job) {
    String id = UUID.randomUUID().toString();
    JOBS.put(id, job);
    return id;
  }

  static Job get(String id) {
    return Objects.requireNonNull(JOBS.get(id), "job");
  }

  static void remove(String id) {
    JOBS.remove(id);
  }
}
