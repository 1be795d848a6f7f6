package io.vellamo.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.foreach.ForeachBatch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A benchmark of the cost of writing the journal of many groups, and of the time from the start of
 * a process until a query with these groups has recovered. Each half runs in its own JVM.
 */
@Command(
    name = "recovery-time",
    mixinStandardHelpOptions = true,
    description = "What many groups cost in the embedded journal, and how fast they are back.")
public final class RecoveryTime implements Callable<Integer> {
  private static final int NEW_EVENTS = 1000;
  private static final int RECOVERIES = 3;

  private enum Half {
    BOTH,
    WRITE,
    RECOVER
  }

  @Option(names = "--groups", defaultValue = "1000000", description = "default: ${DEFAULT-VALUE}")
  private long groups;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "how often each group changes; default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--state-size",
      defaultValue = "100",
      description = "bytes of a group's state; default: ${DEFAULT-VALUE}")
  private int stateSize;

  @Option(
      names = "--data",
      description = "where the journal goes; a directory that is removed afterwards by default")
  private Path data = Path.of("");

  @Option(names = "--half", defaultValue = "BOTH", hidden = true)
  private Half half = Half.BOTH;

  @Option(names = "--recovery", defaultValue = "0", hidden = true)
  private int recovery;

  private final PrintStream out;

  private RecoveryTime(PrintStream out) {
    this.out = out;
  }

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new RecoveryTime(System.out)).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (half != Half.BOTH) {
      run(half == Half.WRITE);
      return 0;
    }
    if (data.toString().isEmpty()) {
      data = Files.createTempDirectory("recovery-");
    }
    inOwnProcess(Half.WRITE, 0);
    out.printf(Locale.ROOT, "on disk      %,.0f MB%n", ProcessFigures.sizeOf(data) / 1e6);
    for (int time = 1; time <= RECOVERIES; time++) {
      inOwnProcess(Half.RECOVER, time);
    }
    return 0;
  }

  private void run(boolean writes) throws Exception {
    long events = groups * rounds;
    ActorSystem<Done> system = ActorSystem.create(Behaviors.empty(), "benchmark", config());
    try {
      long systemMillis = ProcessFigures.millisSinceStart();
      StreamingQuery query = start(system, events + (long) recovery * NEW_EVENTS, writes);
      if (writes) {
        query.awaitTermination();
        reportWriting(events);
      } else {
        query.processAllAvailable();
        reportRecovery(query, systemMillis);
        query.stop();
      }
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }

  private void reportWriting(long events) {
    double seconds = ProcessFigures.millisSinceStart() / 1e3;
    long changed = events * (stateSize + Long.BYTES + 1);
    long written = ProcessFigures.bytesWritten();
    out.printf(
        Locale.ROOT,
        "written      %,d events of %,d groups in %.1f s, %d bytes of key and state each%n",
        events,
        groups,
        seconds,
        stateSize + Long.BYTES + 1);
    out.printf(
        Locale.ROOT,
        "to the disk  %,.0f MB, %.0f bytes an event, %.2f times what changed%n",
        written / 1e6,
        (double) written / events,
        (double) written / changed);
  }

  private void reportRecovery(StreamingQuery query, long systemMillis) {
    long millis = ProcessFigures.millisSinceStart();
    out.printf(
        Locale.ROOT,
        "recovered    %,d groups; first new epoch %.2f s after the process began (actor system"
            + " %.2f s); live heap %,.0f MB, most memory %,.0f MB%n",
        query.lastProgress().orElseThrow().state().groups(),
        millis / 1e3,
        systemMillis / 1e3,
        ProcessFigures.liveHeap() / 1e6,
        ProcessFigures.peakMemory() / 1e6);
  }

  private StreamingQuery start(ActorSystem<?> system, long events, boolean writes) {
    int length = Math.max(0, stateSize - Profile.OTHER_BYTES);
    return Vellamo.get(system)
        .query("recovery")
        .from(new GroupSource(events, groups))
        .groupByKey(key -> key)
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Profile.class,
            (key, same, state) -> changed(key, same, state, length))
        .to(ForeachBatch.<Object>sink((rows, epoch) -> {}))
        .trigger(writes ? Trigger.availableNow() : Trigger.asap())
        .start();
  }

  private static Iterator<Object> changed(
      long key, Iterator<Long> same, GroupState<Profile> state, int length) {
    long count = state.optional().map(Profile::count).orElse(0L);
    while (same.hasNext()) {
      same.next();
      count++;
    }
    state.update(new Profile(count, text(key, count, length)));
    return Collections.emptyIterator();
  }

  /** Returns text that compresses to about three quarters of its size at best. */
  private static String text(long key, long count, int length) {
    SplittableRandom random = new SplittableRandom(key * 31 + count);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) (' ' + random.nextInt(64)));
    }
    return text.toString();
  }

  private Config config() {
    return ConfigFactory.parseString(
            """
            vellamo.embedded-journal.dir = "%s"
            pekko.loglevel = WARNING
            """
                .formatted(data.toAbsolutePath()))
        .withFallback(ConfigFactory.load());
  }

  private void inOwnProcess(Half which, int time) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx2g");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(RecoveryTime.class.getName());
    command.addAll(List.of("--groups", Long.toString(groups)));
    command.addAll(List.of("--rounds", Integer.toString(rounds)));
    command.addAll(List.of("--state-size", Integer.toString(stateSize)));
    command.addAll(List.of("--data", data.toString(), "--half", which.name()));
    command.addAll(List.of("--recovery", Integer.toString(time)));
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException(
          "the process for [%s] must end well, its exit code was [%d]".formatted(which, exit));
    }
  }

  /**
   * A state of about a hundred bytes.
   *
   * @param count the number of events
   * @param text random text
   */
  record Profile(long count, String text) {
    /** The bytes of the state besides its text, as CBOR. */
    private static final int OTHER_BYTES = 18;
  }
}
