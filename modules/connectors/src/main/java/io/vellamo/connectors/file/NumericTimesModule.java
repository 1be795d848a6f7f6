package io.vellamo.connectors.file;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.Calendar;
import java.util.Date;

/** A Jackson module that reads numbers as times only in the unit that a source specifies. */
final class NumericTimesModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  NumericTimesModule(NumericTimes unit) {
    setDeserializerModifier(new Modifier(unit));
  }

  private static final class Modifier extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    private final NumericTimes unit;

    Modifier(NumericTimes unit) {
      this.unit = unit;
    }

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config,
        BeanDescription description,
        JsonDeserializer<?> deserializer) {
      Class<?> type = description.getBeanClass();
      boolean isTime =
          Temporal.class.isAssignableFrom(type)
              || TemporalAmount.class.isAssignableFrom(type)
              || Date.class.isAssignableFrom(type)
              || Calendar.class.isAssignableFrom(type);
      // The number of a Year is its value, not an amount of units.
      return isTime && type != java.time.Year.class
          ? new NumericTimeDeserializer(deserializer, type, unit)
          : deserializer;
    }
  }
}
