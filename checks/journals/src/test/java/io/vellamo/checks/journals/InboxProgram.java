package io.vellamo.checks.journals;

import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.source.DurableHandoffSource;
import io.vellamo.api.source.HandoffSource;
import io.vellamo.connectors.file.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A program with a query that counts messages, and with their sender, which notes acknowledgements
 * in a file and sends again whatever has none there, and some that have one.
 */
final class InboxProgram {
  /** The number of messages; message i is {@code i}, of key {@code i % KEYS}. */
  static final int MESSAGES = 6_000;

  static final int KEYS = 7;
  private static final int BATCH = 40;

  /** A row. */
  record Counted(int key, long count) {}

  private InboxProgram() {}

  /** Runs until all messages are acknowledged and counted. Arguments: the directory. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    ActorSystem<Void> system =
        ActorSystem.create(Behaviors.empty(), "program", ConfigFactory.load());
    try {
      DurableHandoffSource<Integer> source = HandoffSource.durable();
      StreamingQuery query = start(Vellamo.get(system), source, directory);
      sendAll(source, directory);
      query.processAllAvailable();
      query.stop();
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }

  private static StreamingQuery start(
      Vellamo vellamo, DurableHandoffSource<Integer> source, Path directory) {
    return vellamo
        .query("inbox")
        .from(source)
        .groupByKey(number -> number % KEYS)
        .<Long, Counted>flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Long.class,
            (key, events, state) -> {
              long count = state.optional().orElse(0L);
              while (events.hasNext()) {
                events.next();
                count++;
              }
              state.update(count);
              return List.of(new Counted(key, count)).iterator();
            })
        .to(JsonLines.sink(directory.resolve("rows")))
        .start();
  }

  /** Sends batch after batch, each with some of the messages of the preceding one. */
  private static void sendAll(DurableHandoffSource<Integer> source, Path directory)
      throws IOException {
    Set<String> known = new HashSet<>(acknowledged(directory));
    List<Integer> preceding = new ArrayList<>();
    List<Integer> batch = new ArrayList<>();
    for (int number = 0; number < MESSAGES; number++) {
      if (!known.contains(Integer.toString(number))) {
        batch.add(number);
      }
      if (batch.size() == BATCH || number == MESSAGES - 1) {
        List<Integer> sent = new ArrayList<>(preceding.subList(0, preceding.size() / 4));
        sent.addAll(batch);
        send(source, sent);
        note(directory, batch);
        preceding = batch;
        batch = new ArrayList<>();
      }
    }
  }

  private static void send(DurableHandoffSource<Integer> source, List<Integer> numbers) {
    CompletableFuture.allOf(
            numbers.stream()
                .map(number -> source.offer(Integer.toString(number), number).toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private static void note(Path directory, List<Integer> numbers) throws IOException {
    Files.write(
        directory.resolve("acknowledged"),
        numbers.stream().map(number -> Integer.toString(number)).toList(),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Returns the ids of messages that have been acknowledged. */
  static List<String> acknowledged(Path directory) throws IOException {
    Path file = directory.resolve("acknowledged");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** Returns how often each key must have been counted. */
  static Map<String, Long> expectedCounts() {
    return IntStream.range(0, MESSAGES)
        .boxed()
        .collect(
            Collectors.groupingBy(
                number -> Integer.toString(number % KEYS), TreeMap::new, Collectors.counting()));
  }

  /** Returns the rows that were written. */
  static List<String> rows(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve("rows"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }
}
