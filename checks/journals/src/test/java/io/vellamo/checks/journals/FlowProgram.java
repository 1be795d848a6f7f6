package io.vellamo.checks.journals;

import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.pekko.QueryFlow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.FlowWithContext;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * A stream from a topic of numbers, whose offset it commits, through a query that counts the
 * numbers of each key, to a file of rows: a row for each number, with its key and the count so far.
 *
 * @param directory where the rows and the committed offset are
 * @param hasIds whether the flow knows numbers that come again, as some do after each start
 * @param holdsAt the list of rows of this run that is received and never written; 0 for none
 */
record FlowProgram(Path directory, boolean hasIds, int holdsAt) {
  static final int KEYS = 7;
  static final int NUMBERS = 20_000;

  /** What is sent again after a start, although its offset has been committed. */
  private static final int SENT_AGAIN = 300;

  private static final int CAPACITY = 200;

  /** Runs the stream to its end. Arguments: as the record's. */
  public static void main(String[] args) throws Exception {
    FlowProgram program =
        new FlowProgram(Path.of(args[0]), Boolean.parseBoolean(args[1]), Integer.parseInt(args[2]));
    ActorSystem<Void> system =
        ActorSystem.create(Behaviors.empty(), "program", ConfigFactory.load());
    try {
      program.run(system).toCompletableFuture().join();
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }

  private CompletionStage<Done> run(ActorSystem<?> system) throws IOException {
    int first = Math.max(0, committedOffset() - (hasIds ? SENT_AGAIN : 0));
    AtomicInteger lists = new AtomicInteger();
    return Source.range(first, NUMBERS - 1)
        .asSourceWithContext(offset -> offset)
        .via(flow(Vellamo.get(system)))
        .asSource()
        .map(out -> write(out, lists))
        .runWith(Sink.ignore(), system);
  }

  private FlowWithContext<
          Integer, Integer, List<String>, List<Integer>, CompletionStage<StreamingQuery>>
      flow(Vellamo vellamo) {
    QueryFlow<Integer, String> counts =
        QueryFlow.<Integer, String>of(
                (numbers, rows) ->
                    vellamo
                        .query("flow")
                        .from(numbers)
                        .groupByKey(FlowProgram::key)
                        .flatMapGroupsWithState(
                            OutputMode.UPDATE,
                            GroupStateTimeout.NONE,
                            Integer.class,
                            FlowProgram::count)
                        .to(rows))
            .withCapacity(CAPACITY);
    return hasIds
        ? counts.flowWithContext((number, offset) -> "message-" + offset)
        : counts.flowWithContext();
  }

  static String key(int number) {
    return "key-" + number % KEYS;
  }

  private static Iterator<String> count(
      String key, Iterator<Integer> numbers, GroupState<Integer> state) {
    List<String> rows = new ArrayList<>();
    int count = state.optional().orElse(0);
    while (numbers.hasNext()) {
      numbers.next();
      count++;
      rows.add(row(key, count));
    }
    state.update(count);
    return rows.iterator();
  }

  static String row(String key, int count) {
    return key + " " + count;
  }

  private Done write(Pair<List<String>, List<Integer>> out, AtomicInteger lists)
      throws IOException {
    if (!out.first().isEmpty()) {
      if (lists.incrementAndGet() == holdsAt) {
        hold();
      }
      Files.write(rowsFile(), out.first(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    if (!out.second().isEmpty()) {
      Path next = directory.resolve("next-offset");
      Files.writeString(next, Integer.toString(out.second().get(out.second().size() - 1) + 1));
      Files.move(next, offsetFile(), StandardCopyOption.ATOMIC_MOVE);
    }
    return Done.getInstance();
  }

  private void hold() throws IOException {
    Files.createFile(heldFile());
    while (true) {
      LockSupport.park();
    }
  }

  /** Returns 1 if the program holds rows. */
  int held() {
    return Files.exists(heldFile()) ? 1 : 0;
  }

  /** Returns the rows written so far, in order. */
  List<String> rows() throws IOException {
    return Files.exists(rowsFile()) ? Files.readAllLines(rowsFile()) : List.of();
  }

  /** Returns the size of the rows written so far. */
  int size() throws IOException {
    return Files.exists(rowsFile()) ? (int) Files.size(rowsFile()) : 0;
  }

  /** Returns the offset from which the numbers are not committed. */
  int committedOffset() throws IOException {
    return Files.exists(offsetFile()) ? Integer.parseInt(Files.readString(offsetFile())) : 0;
  }

  /** Returns the rows if each number is counted once, in no particular order. */
  static List<String> expectedRows() {
    int[] counts = new int[KEYS];
    return IntStream.range(0, NUMBERS)
        .mapToObj(number -> row(key(number), ++counts[number % KEYS]))
        .toList();
  }

  private Path rowsFile() {
    return directory.resolve("rows");
  }

  private Path heldFile() {
    return directory.resolve("held-" + holdsAt);
  }

  private Path offsetFile() {
    return directory.resolve("offset");
  }
}
