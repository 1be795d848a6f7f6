package io.vellamo.checks.journals;

import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.file.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The test's query, from a file to files in a directory; also as a program, which is killed.
 *
 * @param name the query's name in the journal
 * @param directory where input and output are
 */
record SessionQuery(String name, Path directory) {
  /** Appends lines to the input. */
  void addInput(List<String> lines) throws IOException {
    Files.write(input(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  StreamingQuery start(Vellamo vellamo, Trigger trigger, long eventsPerEpoch) {
    return vellamo
        .query(name)
        .from(JsonLines.source(input(), Reading.class))
        .withWatermark(reading -> Instant.ofEpochMilli(reading.time()), Readings.WATERMARK_DELAY)
        .groupByKey(Reading::key)
        .flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.EVENT_TIME,
            Sessionize.Open.class,
            new Sessionize())
        .to(JsonLines.sink(rows()))
        .deadLettersTo(JsonLines.sink(directory.resolve("dead-letters")))
        .trigger(trigger)
        .maxEventsPerEpoch(eventsPerEpoch)
        .start();
  }

  /** Returns the rows that were written, sorted. */
  List<String> writtenRows() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path part : parts()) {
      lines.addAll(Files.readAllLines(part));
    }
    lines.sort(null);
    return lines;
  }

  /** Returns how many epochs have written rows. */
  int epochsWithRows() throws IOException {
    return parts().size();
  }

  /** Returns the fate of all events, as a program that ran to its end has noted it. */
  String notedTotal() throws IOException {
    return Files.readString(total());
  }

  static EventCounts total(StreamingQuery query) {
    return query.lastProgress().map(StreamingQueryProgress::total).orElse(EventCounts.NONE);
  }

  /** Runs the query to its end. Arguments: name, directory, events an epoch. */
  public static void main(String[] args) throws Exception {
    SessionQuery program = new SessionQuery(args[0], Path.of(args[1]));
    ActorSystem<Void> system =
        ActorSystem.create(Behaviors.empty(), "program", ConfigFactory.load());
    try {
      StreamingQuery query =
          program.start(Vellamo.get(system), Trigger.drain(), Long.parseLong(args[2]));
      query.awaitTermination();
      Files.writeString(program.total(), total(query).toString());
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }

  private List<Path> parts() throws IOException {
    if (!Files.exists(rows())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(rows())) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
    }
  }

  private Path input() {
    return directory.resolve("input.jsonl");
  }

  private Path rows() {
    return directory.resolve("rows");
  }

  private Path total() {
    return directory.resolve("total");
  }
}
