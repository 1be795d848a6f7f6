package io.vellamo.connectors.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;

/** The default mappers of sources and sinks. */
final class Mappers {
  // Only the source limits the length of a line. Jackson's limits for nesting (1,000) and for the
  // digits of a number (1,000) remain, since they protect the stack and the processor, not the
  // memory.
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .build();

  private Mappers() {}

  static ObjectMapper json(NumericTimes times) {
    // Text is UTF-8; charset detection would read a line that begins with zero bytes as UTF-16.
    JsonFactory factory =
        JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(LIMITS)
            .build();
    return common(JsonMapper.builder(factory), times);
  }

  static CsvMapper csv(NumericTimes times) {
    CsvFactory factory = CsvFactory.builder().streamReadConstraints(LIMITS).build();
    return common(
        CsvMapper.builder(factory)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(CsvParser.Feature.EMPTY_UNQUOTED_STRING_AS_NULL)
            .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
            // Distinguishes an empty text from null, which the strict check for quoting would not.
            .enable(CsvGenerator.Feature.ALWAYS_QUOTE_EMPTY_STRINGS),
        times);
  }

  private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> M common(
      B builder, NumericTimes times) {
    return builder
        .addModules(new Jdk8Module(), new JavaTimeModule(), new ParameterNamesModule())
        .addModule(new NumericTimesModule(times))
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .build();
  }
}
