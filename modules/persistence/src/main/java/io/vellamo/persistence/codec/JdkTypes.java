package io.vellamo.persistence.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The JDK classes whose values Jackson reads as they were written. All others are refused. */
final class JdkTypes {
  /** Classes whose equal values have one written form and are read back unchanged. */
  private static final Set<Class<?>> VALUES =
      Set.of(
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          UUID.class,
          URI.class,
          Locale.class,
          Currency.class,
          Charset.class,
          Date.class,
          Instant.class,
          Duration.class,
          Period.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetTime.class,
          OffsetDateTime.class,
          ZonedDateTime.class,
          ZoneId.class,
          ZoneOffset.class,
          Year.class,
          YearMonth.class,
          MonthDay.class,
          Month.class,
          DayOfWeek.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class);

  /** Classes that compare by identity: they can be states, but not keys. */
  private static final Set<Class<?>> MUTABLE =
      Set.of(AtomicBoolean.class, AtomicInteger.class, AtomicLong.class, StringBuilder.class);

  private JdkTypes() {}

  /** Returns whether a class belongs to the JDK. */
  static boolean contains(Class<?> type) {
    return type.getName().startsWith("java.") || type.getName().startsWith("javax.");
  }

  /** Returns whether a class is a primitive or one of the value classes. */
  static boolean isValue(Class<?> type) {
    return type.isPrimitive() || VALUES.contains(type);
  }

  /** Returns whether values of a class are read as they were written, but can't be keys. */
  static boolean isMutable(Class<?> type) {
    return MUTABLE.contains(type);
  }

  /** Returns whether a class is a list, set, queue or map, except for {@link IdentityHashMap}. */
  static boolean isContainer(Class<?> type) {
    return List.class.isAssignableFrom(type)
        || Set.class.isAssignableFrom(type)
        || Queue.class.isAssignableFrom(type)
        || (Map.class.isAssignableFrom(type) && type != IdentityHashMap.class);
  }
}
