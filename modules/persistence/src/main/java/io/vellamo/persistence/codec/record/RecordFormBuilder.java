package io.vellamo.persistence.codec.record;

import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The composition of a type's form from its parts, for one type. */
final class RecordFormBuilder {
  private static final int MOST_COMPONENTS = 200;

  /** The arguments of a record may grow within itself without end. */
  private static final int MOST_RECORDS = 200;

  /** Keys of maps that JSON shows as Jackson does. */
  private static final Set<Class<?>> MAP_KEYS =
      Set.of(String.class, Integer.class, Long.class, Short.class, Byte.class);

  /**
   * A component with its type and form. If it is marked, a byte before its value tells if there is
   * one.
   */
  record Part(RecordComponent component, Class<?> type, Form form, boolean isMarked) {}

  private record Known(int number, LaterForm form) {}

  private final Predicate<Class<?>> isPlain;
  private final boolean isOfKeys;
  private final Map<ResolvedType, Known> known = new HashMap<>();
  private final StringBuilder layout = new StringBuilder();

  /**
   * Creates a builder.
   *
   * @param isPlain returns whether a record or enum is written as its components or names say
   * @param isOfKeys whether equal values must have equal bytes
   */
  RecordFormBuilder(Predicate<Class<?>> isPlain, boolean isOfKeys) {
    this.isPlain = isPlain;
    this.isOfKeys = isOfKeys;
  }

  /** Returns the form of a type, or null if there is none. A record or number has no mark. */
  @Nullable Form build(ResolvedType type) {
    if (isPlainRecord(type.raw())) {
      return ofRecord(type);
    }
    if (type.arguments().isEmpty()) {
      return ofClass(ResolvedType.of(MethodType.methodType(type.raw()).unwrap().returnType()));
    }
    Form form = ofGeneric(type);
    if (form instanceof OptionalForm && layout.charAt(0) == '{') {
      layout.append('?');
    }
    return form;
  }

  /** Returns the layout of what was built. */
  String layout() {
    return layout.toString();
  }

  private boolean isPlainRecord(Class<?> type) {
    return type.isRecord()
        && type.getRecordComponents().length > 0
        && type.getRecordComponents().length <= MOST_COMPONENTS
        && isPlain.test(type);
  }

  private @Nullable Form ofRecord(ResolvedType type) {
    if (known.size() == MOST_RECORDS) {
      return null;
    }
    LaterForm later = new LaterForm();
    known.put(type, new Known(known.size(), later));
    List<Part> parts = new ArrayList<>();
    char separator = '{';
    for (RecordComponent component : inWrittenOrder(type.raw())) {
      layout.append(separator).append(component.getName()).append(':');
      separator = ',';
      ResolvedType resolved = type.ofComponent(component);
      Form form = resolved == null ? null : ofType(resolved);
      if (resolved == null || form == null) {
        return null;
      }
      parts.add(new Part(component, resolved.raw(), form, form instanceof PresentForm));
    }
    layout.append('}');
    Form form = RecordClass.generate(type.raw(), parts);
    if (form != null) {
      later.complete(form);
    }
    return form;
  }

  private List<RecordComponent> inWrittenOrder(Class<?> type) {
    Stream<RecordComponent> components = Arrays.stream(type.getRecordComponents());
    return (isOfKeys
            ? components.sorted(Comparator.comparing(RecordComponent::getName))
            : components)
        .toList();
  }

  private @Nullable Form ofType(ResolvedType type) {
    return type.arguments().isEmpty() || type.raw().isRecord() ? ofClass(type) : ofGeneric(type);
  }

  private @Nullable Form ofClass(ResolvedType type) {
    Class<?> raw = type.raw();
    Scalar scalar = Scalar.of(raw);
    if (scalar != null) {
      layout.append(scalar.layout());
      return scalar.form();
    }
    if (raw.isEnum()) {
      return isPlain.test(raw) ? ofEnum(raw) : null;
    }
    if (raw.isArray()) {
      return ofArray(raw.getComponentType());
    }
    Known before = known.get(type);
    if (before != null) {
      layout.append('#').append(before.number);
      return new PresentForm(before.form);
    }
    if (!isPlainRecord(raw)) {
      return null;
    }
    Form form = ofRecord(type);
    return form == null ? null : new PresentForm(form);
  }

  private @Nullable Form ofEnum(Class<?> type) {
    List<?> constants = List.of(type.getEnumConstants());
    if (constants.isEmpty()) {
      return null;
    }
    layout.append(
        constants.stream()
            .map(constant -> ((Enum<?>) constant).name())
            .collect(Collectors.joining("|", "enum(", ")")));
    return new EnumForm(constants);
  }

  private @Nullable Form ofArray(Class<?> elementType) {
    ResolvedType resolved = ResolvedType.ofType(elementType);
    // Jackson writes an array of characters as a text.
    if (resolved == null || elementType == char.class) {
      return null;
    }
    Form element = ofElement("list<", resolved);
    return element == null ? null : new ArrayForm(elementType, element);
  }

  private @Nullable Form ofElement(String collection, ResolvedType type) {
    layout.append(collection);
    Form element = ofType(type);
    layout.append('>');
    return element;
  }

  private @Nullable Form ofGeneric(ResolvedType type) {
    Class<?> raw = type.raw();
    ResolvedType argument = type.arguments().get(0);
    if (raw == Optional.class) {
      // An empty one within another would be read as an empty one outside.
      Form value = argument.raw() == Optional.class ? null : ofType(argument);
      return value == null ? null : new OptionalForm(value);
    }
    if (raw == List.class || (raw == Set.class && !isOfKeys)) {
      Form element = ofElement(raw == Set.class ? "set<" : "list<", argument);
      return element == null ? null : new CollectionForm(element, raw == Set.class);
    }
    return raw == Map.class && !isOfKeys ? ofMap(argument, type.arguments().get(1)) : null;
  }

  private @Nullable Form ofMap(ResolvedType keyType, ResolvedType valueType) {
    if (!MAP_KEYS.contains(keyType.raw()) && !keyType.raw().isEnum()) {
      return null;
    }
    layout.append("map<");
    Form key = ofType(keyType);
    layout.append(',');
    Form value = key == null ? null : ofType(valueType);
    layout.append('>');
    return key == null || value == null ? null : new MapForm(key, value);
  }
}
