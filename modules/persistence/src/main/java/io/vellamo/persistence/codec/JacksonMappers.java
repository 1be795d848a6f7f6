package io.vellamo.persistence.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

/** The one configuration of Jackson for everything that goes into the journal. */
final class JacksonMappers {
  private static final JsonFormat.Value TEXT = JsonFormat.Value.forShape(JsonFormat.Shape.STRING);

  private JacksonMappers() {}

  static ObjectMapper cbor() {
    return builder().build();
  }

  /**
   * Returns the beginning of a mapper to and from CBOR. Unknown properties are ignored, so that a
   * class may lose a property; a missing one takes its default, so that it may gain one. A fraction
   * is not cut to a whole number: a class that has changed so would lose it without a word.
   *
   * <p>Moments are numbers, but for those with a zone: as numbers they would lose it, and a state
   * read anew would differ from one that stayed in memory.
   */
  static CBORMapper.Builder builder() {
    return CBORMapper.builder()
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule().disable(JavaTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID))
        .addModule(new ParameterNamesModule())
        .addModule(new KeyValueModule())
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .enable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
        .withConfigOverride(OffsetDateTime.class, type -> type.setFormat(TEXT))
        .withConfigOverride(ZonedDateTime.class, type -> type.setFormat(TEXT));
  }
}
