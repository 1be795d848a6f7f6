package io.vellamo.persistence.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

/** The configuration of Jackson for everything in the journal. */
final class JacksonMappers {
  private static final JsonFormat.Value TEXT = JsonFormat.Value.forShape(JsonFormat.Shape.STRING);

  /**
   * Jackson's limits guard against untrusted input; a mapper must read everything that it wrote.
   */
  private static final StreamReadConstraints UNLIMITED =
      StreamReadConstraints.builder()
          .maxNestingDepth(Integer.MAX_VALUE)
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .maxDocumentLength(-1)
          .maxTokenCount(-1)
          .build();

  private static final class DataClassModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    private DataClassModule() {
      super("vellamo-data-classes");
    }

    @Override
    public void setupModule(SetupContext context) {
      super.setupModule(context);
      context.appendAnnotationIntrospector(new DataClasses());
    }
  }

  private JacksonMappers() {}

  /** Returns a mapper for checking classes; it does not check the values that it writes. */
  static ObjectMapper checking() {
    return builder().addModule(new KeyValueModule()).build();
  }

  /** Returns a mapper for states, rows and events. */
  static ObjectMapper values(ClassChecks checks) {
    return builder()
        .addModule(new KeyValueModule(checks))
        .addModule(new ValueModule(checks.known()))
        .build();
  }

  /** Returns a mapper for keys, which writes equal keys as the same bytes. */
  static ObjectMapper keys(ClassChecks checks) {
    return builder()
        .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .addModule(new KeyValueModule(checks))
        .addModule(new CanonicalModule(checks.known()))
        .build();
  }

  /** Returns a reader of users' values in the journal that does not need their classes. */
  static ObjectReader trees() {
    // Otherwise 1514804400.000 would become 1.5148044E+9.
    return CBORMapper.builder(factory())
        .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
        .build()
        .reader();
  }

  private static CBORFactory factory() {
    return CBORFactory.builder().streamReadConstraints(UNLIMITED).build();
  }

  /**
   * Returns a builder with the settings that all CBOR mappers share. Unknown properties are
   * ignored, so that a class may drop a property; a missing property takes its default, so that a
   * class may add one. Fractions are not truncated to whole numbers: a property whose type has
   * changed would silently lose its fraction.
   *
   * <p>Times are written as numbers, except for those with an offset or zone: numbers would lose
   * it, and a state that was read would differ from one that stayed in memory.
   */
  private static CBORMapper.Builder builder() {
    return CBORMapper.builder(factory())
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule().disable(JavaTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID))
        .addModule(new ParameterNamesModule())
        .addModule(new DataClassModule())
        .addModules(ScalaTypes.modules())
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .enable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
        .withConfigOverride(OffsetDateTime.class, type -> type.setFormat(TEXT))
        .withConfigOverride(ZonedDateTime.class, type -> type.setFormat(TEXT));
  }
}
