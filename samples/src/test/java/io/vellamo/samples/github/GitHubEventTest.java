package io.vellamo.samples.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GitHubEventTest {
  private final ObjectMapper mapper =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"ann\"",
        "{\"id\":1,\"login\":\"ann\"}",
        "\"{\\\"id\\\":1,\\\"login\\\":\\\"ann\\\"}\""
      })
  void actor_inAnyForm_isTheLogin(String actor) throws Exception {
    assertThat(read(actor, "2018-01-01T11:00:00Z").actor()).isEqualTo("ann");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "{}", "7", "null", "[]", "\"{}\"", "\"{\\\"login\\\"\""})
  void actor_withoutLogin_isRefused(String actor) {
    assertThatExceptionOfType(JsonProcessingException.class)
        .isThrownBy(() -> read(actor, "2018-01-01T11:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1970-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "+1000000000-12-31T00:00:00Z"})
  void time_outOfRange_isRefused(String createdAt) {
    assertThatExceptionOfType(JsonProcessingException.class)
        .isThrownBy(() -> read("\"ann\"", createdAt));
  }

  @Test
  void time_isInMilliseconds() throws Exception {
    assertThat(read("\"ann\"", "2018-01-01T11:00:00.123456Z").createdAt())
        .isEqualTo(Instant.parse("2018-01-01T11:00:00.123Z"));
  }

  private GitHubEvent read(String actor, String createdAt) throws JsonProcessingException {
    String json =
        "{\"type\":\"PushEvent\",\"actor\":%s,\"created_at\":\"%s\",\"public\":true}"
            .formatted(actor, createdAt);
    return mapper.readValue(json, GitHubEvent.class);
  }
}
