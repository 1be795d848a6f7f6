package io.vellamo.benchmarks.workload;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vellamo.benchmarks.ProcessFigures;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one process, as one line of JSON.
 *
 * @param engine the name of the engine
 * @param workload the workload
 * @param keys the number of keys of the data set; 0 if events are generated
 * @param events the number of events
 * @param rate the number of events that became due a second; 0 if all were due at once
 * @param eps events a second of the first, cold run
 * @param elapsed seconds of the first run
 * @param cpu seconds of CPU time of the first run
 * @param epsPerCore events for each second of CPU time of the first run
 * @param epsWarm events a second of the fastest later run
 * @param epsPerCoreWarm events for each second of CPU time of that run
 * @param rows the number of rows of the last run; of Q12, the number of bidders
 * @param checksum the checksum of the last run, in the form of {@link Checksum#toString}
 * @param ok whether all runs gave the expected rows
 * @param rssPeak the peak memory of the process, in MB
 * @param startup seconds from the start of the process to the first event
 * @param firstRow seconds from the first event to the first row
 * @param latencyP50 the median latency of the first run's rows, in ms
 * @param latencyP99 the 99th percentile of those latencies, in ms
 * @param latencyMax the largest of those latencies, in ms
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSummary(
    @JsonProperty("engine") String engine,
    @JsonProperty("workload") Workload workload,
    @JsonProperty("keys") long keys,
    @JsonProperty("events") int events,
    @JsonProperty("rate") double rate,
    @JsonProperty("eps") double eps,
    @JsonProperty("elapsed_s") double elapsed,
    @JsonProperty("cpu_s") double cpu,
    @JsonProperty("eps_per_core") double epsPerCore,
    @JsonProperty("eps_warm") @Nullable Double epsWarm,
    @JsonProperty("eps_per_core_warm") @Nullable Double epsPerCoreWarm,
    @JsonProperty("rows") long rows,
    @JsonProperty("checksum") String checksum,
    @JsonProperty("ok") boolean ok,
    @JsonProperty("rss_peak_mb") double rssPeak,
    @JsonProperty("startup_s") double startup,
    @JsonProperty("first_row_s") double firstRow,
    @JsonProperty("lat_p50_ms") @Nullable Double latencyP50,
    @JsonProperty("lat_p99_ms") @Nullable Double latencyP99,
    @JsonProperty("lat_max_ms") @Nullable Double latencyMax) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final double BYTES_PER_MB = 1e6;

  static RunSummary of(String engine, WorkloadOptions options, List<RunFigures> runs) {
    RunFigures cold = runs.get(0);
    RunFigures last = runs.get(runs.size() - 1);
    @Nullable RunFigures warm =
        runs.stream()
            .skip(1)
            .max(Comparator.comparingDouble(RunFigures::eventsPerSecond))
            .orElse(null);
    return new RunSummary(
        engine,
        options.workload(),
        options.workload().input() == Workload.Input.DATA_SET ? options.data().keys() : 0,
        cold.events(),
        options.rate(),
        rounded(cold.eventsPerSecond(), 0),
        rounded(cold.elapsedSeconds(), 3),
        rounded(cold.cpuSeconds(), 3),
        rounded(cold.eventsPerCore(), 0),
        warm == null ? null : rounded(warm.eventsPerSecond(), 0),
        warm == null ? null : rounded(warm.eventsPerCore(), 0),
        last.checksum().rows(),
        last.checksum().toString(),
        runs.stream().allMatch(RunFigures::ok),
        rounded(ProcessFigures.peakMemory() / BYTES_PER_MB, 0),
        rounded(cold.startupSeconds(), 3),
        rounded(cold.firstRowSeconds(), 3),
        millis(cold, 0.5),
        millis(cold, 0.99),
        millis(cold, 1));
  }

  /** Returns the report that {@link #toJson} wrote. */
  public static RunSummary parse(String json) throws JsonProcessingException {
    return JSON.readValue(json, RunSummary.class);
  }

  /** Returns this report as one line. */
  public String toJson() throws JsonProcessingException {
    return JSON.writeValueAsString(this);
  }

  private static @Nullable Double millis(RunFigures run, double share) {
    Double millis = run.latencies().quantileMillis(share);
    return millis == null ? null : rounded(millis, 2);
  }

  private static double rounded(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.round(value * scale) / scale;
  }
}
