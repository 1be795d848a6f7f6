package io.vellamo.persistence.codec.record;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
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

/** The composition of a record's form from its components, for one class. */
final class RecordFormBuilder {
  private static final int MOST_COMPONENTS = 200;

  /** Keys of maps that JSON shows as Jackson does. */
  private static final Set<Class<?>> MAP_KEYS =
      Set.of(String.class, Integer.class, Long.class, Short.class, Byte.class);

  /** A component with its form. If it is marked, a byte before its value tells if there is one. */
  record Part(RecordComponent component, Form form, boolean isMarked) {}

  private record Known(int number, LaterForm form) {}

  private final Predicate<Class<?>> isPlain;
  private final boolean isOfKeys;
  private final Map<Class<?>, Known> known = new HashMap<>();
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

  /** Returns the form of a record without a mark for null, or null if there is none. */
  @Nullable Form build(Class<?> type) {
    return isPlainRecord(type) ? ofRecord(type) : null;
  }

  /** Returns the layout of what was built. */
  String layout() {
    return layout.toString();
  }

  private boolean isPlainRecord(Class<?> type) {
    return type.isRecord()
        && type.getTypeParameters().length == 0
        && type.getRecordComponents().length > 0
        && type.getRecordComponents().length <= MOST_COMPONENTS
        && isPlain.test(type);
  }

  private @Nullable Form ofRecord(Class<?> type) {
    LaterForm later = new LaterForm();
    known.put(type, new Known(known.size(), later));
    List<Part> parts = new ArrayList<>();
    char separator = '{';
    for (RecordComponent component : inWrittenOrder(type)) {
      layout.append(separator).append(component.getName()).append(':');
      separator = ',';
      Form form = ofType(component.getGenericType());
      if (form == null) {
        return null;
      }
      parts.add(new Part(component, form, form instanceof PresentForm));
    }
    layout.append('}');
    Form form = RecordClass.generate(type, parts);
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

  private @Nullable Form ofType(Type type) {
    if (type instanceof Class<?> plain) {
      return ofClass(plain);
    }
    return type instanceof ParameterizedType generic ? ofGeneric(generic) : null;
  }

  private @Nullable Form ofClass(Class<?> type) {
    Scalar scalar = Scalar.of(type);
    if (scalar != null) {
      layout.append(scalar.layout());
      return scalar.form();
    }
    if (type.isEnum()) {
      return isPlain.test(type) ? ofEnum(type) : null;
    }
    Known before = known.get(type);
    if (before != null) {
      layout.append('#').append(before.number);
      return new PresentForm(before.form);
    }
    if (!isPlainRecord(type)) {
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

  private @Nullable Form ofGeneric(ParameterizedType type) {
    Type raw = type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (raw == Optional.class) {
      // An empty one within another would be read as an empty one outside.
      boolean isNested =
          arguments[0] instanceof ParameterizedType inner && inner.getRawType() == Optional.class;
      Form value = isNested ? null : ofType(arguments[0]);
      return value == null ? null : new OptionalForm(value);
    }
    if (raw == List.class || (raw == Set.class && !isOfKeys)) {
      layout.append(raw == Set.class ? "set<" : "list<");
      Form element = ofType(arguments[0]);
      layout.append('>');
      return element == null ? null : new CollectionForm(element, raw == Set.class);
    }
    return raw == Map.class && !isOfKeys ? ofMap(arguments[0], arguments[1]) : null;
  }

  private @Nullable Form ofMap(Type keyType, Type valueType) {
    boolean isNamed =
        keyType instanceof Class<?> type && (MAP_KEYS.contains(type) || type.isEnum());
    if (!isNamed) {
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
