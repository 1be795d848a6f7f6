package io.vellamo.api.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vellamo.api.query.StreamingQueryListener.QueryTerminated;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Reports as JSON: by themselves, and by mappers that know nothing of java.time. */
final class JsonReportTest {
  private static final ObjectMapper JACKSON_2 = new ObjectMapper();
  private static final JsonMapper JACKSON_3 = new JsonMapper();

  static List<JsonReport> reports() {
    return Reports.all();
  }

  @Test
  void progress_asJson_isOneLineWithEachField() {
    assertThat(Reports.progress().json())
        .isEqualTo(
            """
            {"id":"00000000-0000-0001-0000-000000000002",\
            "runId":"00000000-0000-0003-0000-000000000004","name":"counts","epoch":7,\
            "timestamp":"2026-01-01T12:00:00Z","duration":"PT0.25S",\
            "events":{"input":5,"processed":4,"late":1,"deadLettered":0},\
            "total":{"input":43,"processed":40,"late":1,"deadLettered":2},"watermark":null,\
            "eventTime":{"min":"2026-01-01T12:00:00Z","max":"2026-01-01T12:00:00Z",\
            "average":null,"future":0},\
            "state":{"groups":3,"updated":2,"removed":1,"parked":0,"waiting":0,"bytes":96},\
            "operators":[{"name":"flatMapGroupsWithState","input":5,"late":1,"deadLettered":2,"rows":3,\
            "state":{"groups":3,"updated":2,"removed":1,"parked":0,"waiting":0,"bytes":96},\
            "journalBytes":88,"call":"PT0.12S","persist":"PT0.03S",\
            "skew":{"input":2.0,"groups":1.5,"bytes":1.25,"call":2.0},\
            "shards":[{"shard":1,"input":5,"rows":3,"calls":4,"groups":3,"bytes":96,\
            "journalBytes":88,"call":"PT0.12S","persist":"PT0.03S"}]}],\
            "sources":[{"description":"Memory",\
            "ranges":[{"partition":"memory-0","from":10,"until":15}],"lag":{"memory-0":6},\
            "metrics":{"lag":4}}],\
            "sink":"Console","sinkMetrics":{"lastWriteMillis":2,"rowsWritten":9},"rows":3,"retries":0,\
            "phases":{"plan":"PT0.001S","read":"PT0.04S","process":"PT0.16S","route":"PT0S",\
            "sink":"PT0.05S","commit":"PT0.003S"},"eventsPerSecond":20.0,"journalBytes":88}""");
  }

  @Test
  void prettyJson_hasAFieldOnEachLine() {
    assertThat(new SourceProgress("Memory", List.of(), Map.of(), Map.of()).prettyJson())
        .isEqualTo(
            "{\n  \"description\" : \"Memory\",\n  \"ranges\" : [],\n  \"lag\" : {},\n  \"metrics\" : {}\n}");
    assertThat(Reports.progress().sources().get(0).prettyJson())
        .contains("  \"ranges\" : [\n    {\n      \"partition\" : \"memory-0\",\n");
  }

  @ParameterizedTest
  @MethodSource("reports")
  void everyReport_isWrittenAlikeByItselfAndByPlainMappers(JsonReport report) throws Exception {
    assertThat(JACKSON_2.writeValueAsString(report)).isEqualTo(report.json());
    assertThat(JACKSON_3.writeValueAsString(report)).isEqualTo(report.json());
    assertThat(JACKSON_2.readTree(report.prettyJson()))
        .isEqualTo(JACKSON_2.readTree(report.json()));
    assertThat(report.json()).doesNotContain("\n");
  }

  @ParameterizedTest
  @MethodSource("reports")
  void everyComponent_isAField(JsonReport report) {
    assertThat(report.toMap())
        .containsKeys(
            Arrays.stream(report.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .toArray(String[]::new));
  }

  @Test
  void allKindsOfReports_areTested() {
    assertThat(Reports.all())
        .extracting(report -> (Object) report.getClass())
        .containsExactlyInAnyOrder((Object[]) JsonReport.class.getPermittedSubclasses());
  }

  @Test
  void reports_insideAnotherObject_areWrittenByPlainMappers() throws Exception {
    record Page(String title, List<StreamingQueryProgress> epochs) {}
    Page page = new Page("queries", List.of(Reports.progress()));

    assertThat(JACKSON_2.readTree(JACKSON_2.writeValueAsBytes(page)).at("/epochs/0/timestamp"))
        .hasToString("\"2026-01-01T12:00:00Z\"");
    assertThat(JACKSON_3.writeValueAsString(page)).contains(Reports.progress().json());
    Map<String, Object> converted =
        JACKSON_2.convertValue(page.epochs.get(0), new TypeReference<>() {});
    assertThat(converted).containsEntry("duration", "PT0.25S").containsEntry("watermark", null);
  }

  @Test
  void termination_tellsMessageEpochAndCause() {
    StreamingQueryException failure =
        new StreamingQueryException("q", 7, "Query [q] failed", new IllegalStateException("why"));

    assertThat(
            new QueryTerminated(Optional.of(Reports.ID), Reports.RUN, "q", Optional.of(failure))
                .json())
        .endsWith(
            "\"exception\":{\"message\":\"Query [q] failed\",\"epoch\":7,"
                + "\"cause\":\"java.lang.IllegalStateException\"}}");
    assertThat(new QueryTerminated(Optional.empty(), Reports.RUN, "q", Optional.empty()).json())
        .startsWith("{\"id\":null,")
        .endsWith("\"exception\":null}");
  }

  @Test
  void textsOfAnyCharacters_comeBackAsTheyWere_andUtf8HoldsThem() throws Exception {
    StringBuilder all = new StringBuilder("\ud83d\ude00 a\ude00b\ud83d \u2028\u2029\u007f\u0085é漢");
    for (char control = 0; control < 0x30; control++) {
      all.append(control);
    }
    all.append("\\\"/\ud800");

    String json = new StreamingQueryStatus(all.toString(), true, false).json();

    assertThat(JACKSON_2.readTree(json).get("message").textValue()).isEqualTo(all.toString());
    assertThat(new String(json.getBytes(UTF_8), UTF_8)).isEqualTo(json);
    assertThat(json.chars().filter(Character::isISOControl)).isEmpty();
  }

  @Test
  void numbersAndTimes_doNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    String expected = Reports.progress().json();
    try {
      for (String tag :
          List.of("ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "tr-TR", "th-TH-u-ca-buddhist")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(Reports.progress().json()).isEqualTo(expected);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void speed_ofAnyDuration_isANumber() {
    List<Duration> durations =
        new ArrayList<>(List.of(Duration.ZERO, Duration.ofSeconds(-3), Duration.ofNanos(1)));
    durations.add(Duration.ofDays(365_000_000));
    durations.add(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));

    for (Duration duration : durations) {
      StreamingQueryProgress progress = Reports.progress("q", duration);
      assertThat(progress.eventsPerSecond()).isFinite().isNotNegative();
      assertThatCode(() -> JACKSON_2.readTree(progress.json())).doesNotThrowAnyException();
    }
  }

  @Test
  void numbersThatJsonDoesNotKnow_areNull() {
    assertThat(PlainFields.none().with("a", Double.NaN).with("b", Double.NEGATIVE_INFINITY).toMap())
        .containsEntry("a", null)
        .containsEntry("b", null);
  }

  @Test
  void parkedGroup_ofAnyKey_isWritten() {
    record Place(String city, int floor) {}

    assertThat(parked(new Place("Oulu", 3))).contains("\"key\":\"Place[city=Oulu, floor=3]\"");
    assertThat(parked(List.of(1, "a"))).contains("\"key\":[1,\"a\"]");
    assertThat(parked(Map.of(1, Optional.of(2L)))).contains("\"key\":{\"1\":2}");
    assertThat(parked(true)).contains("\"key\":true");
    assertThat(parked(Reports.NOON)).contains("\"key\":\"2026-01-01T12:00:00Z\"");
    assertThat(new ParkedGroup("visits", null, 1, "E", Optional.of("m"), 0).json())
        .isEqualTo(
            "{\"operator\":\"visits\",\"key\":null,\"sinceEpoch\":1,\"error\":\"E\",\"message\":\"m\","
                + "\"events\":0}");
  }

  private static String parked(Object key) {
    return new ParkedGroup("visits", key, 1, "E", Optional.empty(), 0).json();
  }
}
