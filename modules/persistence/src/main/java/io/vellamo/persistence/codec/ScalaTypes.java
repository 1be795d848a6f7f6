package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.Module;
import io.vellamo.persistence.codec.TypeCheck.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.Iterable;
import scala.collection.Seq;
import scala.math.BigDecimal;
import scala.util.Either;

/**
 * The types of Scala's library, which Jackson's module for Scala writes and reads if it is on the
 * class path. Case classes do not need the module, see {@link DataClasses}.
 */
final class ScalaTypes {
  private static final String PACKAGE = "com.fasterxml.jackson.module.scala.";

  /**
   * The parts of Jackson's module that are used. The others would change the order of properties,
   * and with it the bytes of keys, or turn plain values into Scala's.
   */
  private static final List<String> PARTS =
      List.of(
          "OptionModule",
          "SeqModule",
          "SetModule",
          "MapModule",
          "IterableModule",
          "SymbolModule",
          "deser.ScalaNumberDeserializersModule",
          "deser.ScalaObjectDeserializerModule");

  private static final String ADD_MODULE =
      "put com.fasterxml.jackson.module:jackson-module-scala_2.13 on the class path";

  private static final List<Module> MODULES = find();

  private ScalaTypes() {}

  /** Returns the modules for the types; none if Jackson's module is not on the class path. */
  static List<Module> modules() {
    return MODULES;
  }

  private static List<Module> find() {
    List<Module> found = new ArrayList<>();
    try {
      for (String part : PARTS) {
        found.add((Module) Class.forName(PACKAGE + part + "$").getField("MODULE$").get(null));
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      return List.of();
    }
    return List.copyOf(found);
  }

  /** Returns whether a class belongs to Scala's library. */
  static boolean contains(Class<?> type) {
    return type.getName().startsWith("scala.");
  }

  /** Returns whether a class is the optional value of Scala. */
  static boolean isOption(Class<?> type) {
    return type == Option.class;
  }

  /**
   * Returns the problem of a type of Scala's library, or null if there is none.
   *
   * @param hasModule whether Jackson's module is on the class path
   */
  static @Nullable TypeProblem problem(JavaType type, String path, Use use, boolean hasModule) {
    Class<?> raw = type.getRawClass();
    if (!hasModule && !raw.getName().startsWith("scala.Tuple")) {
      return TypeProblem.unreadable(
          path,
          "[%s] is a type of Scala, and Jackson's module for Scala was not found"
              .formatted(raw.getName()),
          ADD_MODULE);
    }
    if (raw == Either.class) {
      return TypeProblem.lost(
          path,
          "[scala.util.Either] is not read as it was written",
          "use a sealed trait with @JsonTypeInfo");
    }
    for (int i = 0; i < raw.getTypeParameters().length; i++) {
      if (type.containedTypeOrUnknown(i).isJavaLangObject()) {
        return TypeProblem.lost(
            path,
            "[%s] does not tell the class of its values: Scala's Int, Long and other numbers are [java.lang.Object] in it"
                .formatted(raw.getName()),
            "declare their classes in a case class, as in Option[java.lang.Long]");
      }
    }
    return use == Use.KEY && hasSeveralForms(raw)
        ? TypeProblem.lost(
            path,
            "equal values of [%s] have several written forms, and a key must have one"
                .formatted(raw.getName()),
            "use a Seq, or Java's Set, Map or BigDecimal")
        : null;
  }

  /** Returns whether a class is that of an object, which has no other. */
  static boolean isObject(Class<?> type) {
    return Stream.of(type.getDeclaredFields())
        .anyMatch(each -> each.getName().equals("MODULE$") && each.getType() == type);
  }

  /** Returns the problem of an object that Jackson's module does not read. */
  static TypeProblem problemOfObject(Class<?> type, String path) {
    return TypeProblem.unreadable(
        path,
        "[%s] is an object of Scala, and another one would be read".formatted(type.getName()),
        ADD_MODULE + ", or use an enum");
  }

  private static boolean hasSeveralForms(Class<?> type) {
    return type == BigDecimal.class
        || (Iterable.class.isAssignableFrom(type) && !Seq.class.isAssignableFrom(type));
  }
}
