import Testing

/// Suites that fork, and suites in which a lock that is let go of must be free at once.
///
/// A child that has not run yet still has its parent's locks; so these are never run side by side.
@Suite(.serialized) enum ProcessWideTests {}
