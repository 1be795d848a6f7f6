package io.vellamo.persistence.codec;

/**
 * A reason why values of a type can't be kept.
 *
 * @param path the property of that type, as a path from the root; empty for the root
 * @param what the operation that fails, and why
 * @param remedy what to do
 */
record TypeProblem(String path, String what, String remedy) {
  static final String USE_A_RECORD =
      "use a record, or a class with a constructor and getters that Jackson can use";

  static TypeProblem lost(String path, String why, String remedy) {
    return new TypeProblem(path, "be kept" + at(path) + ": " + why, remedy);
  }

  static TypeProblem unreadable(String path, String why) {
    return unreadable(path, why, USE_A_RECORD);
  }

  static TypeProblem unreadable(String path, String why, String remedy) {
    return new TypeProblem(path, "be read" + at(path) + ": " + why, remedy);
  }

  /** Returns what to do about a class that Jackson can't use, in the words of its language. */
  static String remedy(Class<?> type) {
    String ofLanguage = DataClasses.remedy(type);
    return ofLanguage == null ? USE_A_RECORD : ofLanguage;
  }

  private static String at(String path) {
    return path.isEmpty() ? "" : " at property [" + path + "]";
  }
}
