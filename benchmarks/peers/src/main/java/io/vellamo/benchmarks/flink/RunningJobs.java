package io.vellamo.benchmarks.flink;

import io.vellamo.benchmarks.workload.Job;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The jobs that run in this JVM. Static, because Flink serializes sources and sinks: they carry an
 * id and find here the meter that they report to.
 */
final class RunningJobs {
  private static final Map<String, Job> JOBS = new ConcurrentHashMap<>();

  private RunningJobs() {}

  /** Adds a job; returns its id. */
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
