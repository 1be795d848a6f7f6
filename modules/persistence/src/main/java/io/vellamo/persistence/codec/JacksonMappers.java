package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;

/** The one configuration of Jackson for everything that goes into the journal. */
final class JacksonMappers {
  private JacksonMappers() {}

  static ObjectMapper cbor() {
    return builder().build();
  }

  /**
   * Returns the beginning of a mapper to and from CBOR. Unknown properties are ignored, so that a
   * class may lose a property; a missing one takes its default, so that it may gain one.
   */
  static CBORMapper.Builder builder() {
    return CBORMapper.builder()
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .addModule(new ParameterNamesModule())
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .enable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  }
}
