package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.type.MapLikeType;
import io.vellamo.api.SerializationException;
import io.vellamo.persistence.codec.TypeCheck.Use;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks of classes before their first value is written.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class ClassChecks {
  private final ObjectMapper mapper = JacksonMappers.checking();
  private final KnownClasses known = new KnownClasses();
  private final Set<Class<?>> checked = ConcurrentHashMap.newKeySet();
  private final String role;
  private final Use use;

  /**
   * Creates checks with no class checked yet.
   *
   * @param role the purpose of the classes, such as {@code state}
   * @param use how their values are used
   */
  ClassChecks(String role, Use use) {
    this.role = role;
    this.use = use;
  }

  /** Returns the classes that values may have. */
  KnownClasses known() {
    return known;
  }

  /**
   * Checks a declared type.
   *
   * @param type the type, with its arguments
   * @param named its class, for messages
   * @throws SerializationException if it can't be written and read
   */
  void requireDeclared(Type type, Class<?> named) {
    require(mapper.constructType(type), named);
  }

  /**
   * Checks the class of a value whose class name is stored with it, once per class. Contents of
   * untyped collections and maps are left to {@link #requirePlainContents}.
   *
   * @throws SerializationException if it can't be written and read
   */
  void requireOwn(Class<?> type) {
    if (!checked.contains(type)) {
      require(ownType(type), type);
      checked.add(type);
    }
  }

  /**
   * Checks the contents of a value of which only the class is stored, without type arguments.
   *
   * @throws SerializationException if a collection or map holds a value that would be read as
   *     another class
   */
  void requirePlainContents(Object value) {
    Class<?> foreign = PlainValues.foreign(value);
    if (foreign != null) {
      throw new SerializationException(
          value.getClass().getName(),
          "%s class [%s] can't be kept: it holds a [%s], whose class it does not tell; hold the collection in a record that declares its elements"
              .formatted(role, value.getClass().getName(), foreign.getName()),
          null);
    }
  }

  private JavaType ownType(Class<?> type) {
    JavaType own = mapper.constructType(type);
    JavaType content = own.getContentType();
    if (!own.isContainerType() || own.isArrayType() || !content.isJavaLangObject()) {
      return own;
    }
    JavaType text = mapper.constructType(String.class);
    return own instanceof MapLikeType map
        ? map.withKeyType(text).withContentType(text)
        : own.withContentType(text);
  }

  private void require(JavaType type, Class<?> named) {
    JacksonSupport.check(mapper, type, named.getName(), role, use, known);
  }
}
