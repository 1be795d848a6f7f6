package io.vellamo.persistence.message;

import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.persistence.message.ExampleQuery.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A value that nodes exchange, and the golden file that holds it. Neither ever changes.
 *
 * @param file the file's name, with the number of the form
 * @param value the value
 * @param writer writes values of its kind
 * @param reader reads them
 */
record MessageSample(
    String file, Object value, Function<Object, byte[]> writer, Function<byte[], ?> reader) {
  private static final ShardReplyForm REPLIES = ShardReplyForm.of(ExampleQuery.prepared());
  private static final ParkedGroupsForm PARKED = ParkedGroupsForm.of(ExampleQuery.prepared());
  private static final GroupAnswerForm GROUPS = GroupAnswerForm.of(ExampleQuery.prepared());
  private static final EpochForms EPOCHS = EpochForms.of(ExampleQuery.prepared());

  /** Returns one sample or more of every form. */
  static Stream<MessageSample> all() {
    return Stream.of(requests(), replies(), news(), descriptions(), epochs()).flatMap(all -> all);
  }

  byte[] write() {
    return writer.apply(value);
  }

  /** Returns the number of the form, which is its first byte. */
  int form() {
    return Integer.parseInt(file.replaceFirst("\\D+-(\\d+).*", "$1"));
  }

  private static Stream<MessageSample> requests() {
    return Stream.concat(
        SampleMessages.REQUESTS.entrySet().stream()
            .map(
                each ->
                    of(
                        "shard-request-" + each.getKey(),
                        each.getValue(),
                        ShardRequestForm::write,
                        ShardRequestForm::read)),
        SampleMessages.QUERY_REQUESTS.entrySet().stream()
            .map(
                each ->
                    of(
                        "query-request-" + each.getKey(),
                        each.getValue(),
                        QueryRequestForm::write,
                        QueryRequestForm::read)));
  }

  private static Stream<MessageSample> replies() {
    return SampleMessages.REPLIES.entrySet().stream()
        .map(
            each ->
                of("shard-reply-" + each.getKey(), each.getValue(), REPLIES::write, REPLIES::read));
  }

  private static Stream<MessageSample> news() {
    return SampleNews.ALL.entrySet().stream()
        .map(
            each ->
                of(
                    "query-news-" + each.getKey(),
                    each.getValue(),
                    QueryNewsForm::write,
                    QueryNewsForm::read));
  }

  private static Stream<MessageSample> descriptions() {
    List<ParkedGroup> parked =
        List.of(
            new ParkedGroup("byPlace", new Place("Åbo"), 7, "E at X", Optional.of("why"), 300),
            new ParkedGroup("totals", null, 8, "E at X", Optional.empty(), 0));
    Problem.Unavailable unavailable =
        new Problem.Unavailable("Kafka[a]", "io.vellamo.api.RetryableException");
    return Stream.of(
        of(
            "query-created-1",
            SampleMessages.CREATED,
            QueryCreatedForm::write,
            QueryCreatedForm::read),
        of("parked-groups-1", parked, PARKED::write, PARKED::read),
        of("group-answer-1", SampleGroups.ANSWER, GROUPS::write, GROUPS::read),
        of("group-answer-1-none", SampleGroups.NO_GROUPS, GROUPS::write, GROUPS::read),
        of("problem-1-none", Problem.NONE, ProblemForm::write, ProblemForm::read),
        of(
            "problem-1",
            new Problem(300, "it broke", unavailable),
            ProblemForm::write,
            ProblemForm::read),
        of(
            "shard-failure-1",
            SampleMessages.FAILURE,
            ShardFailureForm::write,
            ShardFailureForm::read));
  }

  private static Stream<MessageSample> epochs() {
    return Stream.of(
        of(
            "shard-input-1-timed",
            SampleEpochs.timed(),
            input -> EPOCHS.writeInput(ExampleQuery.BY_PLACE, input),
            bytes -> EPOCHS.readInput(ExampleQuery.BY_PLACE, bytes)),
        of(
            "shard-input-1-partial",
            SampleEpochs.partial(),
            input -> EPOCHS.writeInput(ExampleQuery.TOTALS, input),
            bytes -> EPOCHS.readInput(ExampleQuery.TOTALS, bytes)),
        output("shard-output-1", SampleEpochs.rows()),
        output("shard-output-1-result", SampleEpochs.result()),
        of("share-report-1", SampleEpochs.report(), EPOCHS::writeReport, EPOCHS::readReport));
  }

  private static MessageSample output(String file, EpochOutput output) {
    return of(
        file,
        output,
        value -> EPOCHS.writeOutput(ExampleQuery.TOTALS, value),
        bytes -> EPOCHS.readOutput(ExampleQuery.TOTALS, bytes));
  }

  @SuppressWarnings("unchecked") // the writer gets the value
  private static <T> MessageSample of(
      String file, T value, Function<T, byte[]> writer, Function<byte[], T> reader) {
    return new MessageSample(file, value, any -> writer.apply((T) any), reader);
  }

  @Override
  public String toString() {
    return file;
  }
}
