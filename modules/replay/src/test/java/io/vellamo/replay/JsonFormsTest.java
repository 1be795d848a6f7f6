package io.vellamo.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.Layouts;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.persistence.codec.JacksonKeyCodec;
import io.vellamo.persistence.codec.JacksonStateCodec;
import io.vellamo.persistence.codec.JacksonValueCodec;
import io.vellamo.persistence.codec.JsonForms;
import io.vellamo.persistence.codec.RecordLayouts;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class JsonFormsTest {
  record Place(String country, String city) {}

  record Visit(Place place, Instant at) {}

  @Test
  void keys_areTextOrJson() {
    UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    assertThat(ReplayKey.of("ann")).hasToString("ann");
    assertThat(ReplayKey.of(42L)).hasToString("42");
    assertThat(ReplayKey.of(true)).hasToString("true");
    assertThat(ReplayKey.of(null)).hasToString("null");
    assertThat(ReplayKey.of(uuid)).hasToString(uuid.toString());
    assertThat(ReplayKey.of(Instant.EPOCH)).hasToString("1970-01-01T00:00:00Z");
    assertThat(ReplayKey.of(new Place("fi", "Turku")))
        .hasToString("{\"city\":\"Turku\",\"country\":\"fi\"}");
  }

  @Test
  void states_areReadWithoutTheirClasses() {
    Visit visit = new Visit(new Place("fi", "Turku"), Instant.ofEpochSecond(1_514_804_400));
    RecordLayouts layouts = new RecordLayouts();
    byte[] inRecordForm = JacksonStateCodec.of(StateType.of(Visit.class), layouts).write(visit);
    byte[] byJackson = JacksonStateCodec.of(Visit.class).write(visit);
    JsonForms forms = new JsonForms(RecordLayouts.of(layouts.own()));

    assertThat(inRecordForm).hasSizeLessThan(byJackson.length / 2);
    assertThat(List.of(inRecordForm, byJackson))
        .extracting(state -> String.valueOf(forms.ofState(state)))
        .containsOnly(
            "{\"place\":{\"country\":\"fi\",\"city\":\"Turku\"},\"at\":1514804400.000000000}");
    assertThat(forms.ofState(null)).isNull();
  }

  @Test
  void states_ofAMissingLayout_areShownInBase64() {
    byte[] state =
        JacksonStateCodec.of(StateType.of(Place.class), new RecordLayouts())
            .write(new Place("fi", "Turku"));

    assertThat(String.valueOf(new JsonForms(new RecordLayouts()).ofState(state))).startsWith("\"");
  }

  @Test
  void rows_carryTheirLayouts() {
    Visit visit = new Visit(new Place("fi", "Turku"), Instant.ofEpochSecond(1_514_804_400));
    StoredValue row = JacksonValueCodec.ofRows(getClass().getClassLoader()).write(visit);

    assertThat(row.type())
        .isEqualTo(Visit.class.getName() + ":{place:{country:text,city:text},at:instant}");
    assertThat(new JsonForms(Layouts.NONE).ofValues(List.of(row)).toString())
        .isEqualTo(
            "[{\"place\":{\"country\":\"fi\",\"city\":\"Turku\"},\"at\":1514804400.000000000}]");
  }

  @Test
  void candidates_areAllThatATextMayStandFor() {
    GroupKey place = JacksonKeyCodec.of(Place.class).write(new Place("fi", "Turku"));

    assertThat(ReplayKey.candidates("42"))
        .contains(
            ReplayKey.of("42").groupKey(),
            ReplayKey.of(42L).groupKey(),
            ReplayKey.of(42).groupKey(),
            ReplayKey.of(42.0).groupKey());
    assertThat(ReplayKey.candidates("null")).contains(ReplayKey.of(null).groupKey());
    assertThat(ReplayKey.candidates("1970-01-01T00:00:00Z"))
        .contains(ReplayKey.of(Instant.EPOCH).groupKey());
    assertThat(ReplayKey.candidates("not JSON")).hasSize(1);
    assertThat(JsonForms.isOfClass(place)).isTrue();
    assertThat(JsonForms.isOfClass(ReplayKey.of(new Place("fi", "Turku")).groupKey())).isTrue();
    assertThat(JsonForms.isOfClass(ReplayKey.of("fi").groupKey())).isFalse();
  }
}
