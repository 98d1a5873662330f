extension Monitor.Resource {
    /// The same resource with secrets removed from its texts: by key and by value.
    func redacted(by redactor: Redactor) -> Monitor.Resource {
        var result = self
        for attribute in attributes {
            let key = Monitor.AttributeKey(attribute.key, .open, isLabel: false)
            result[attribute.key] = redactor.redact(attribute.value, key: key)
        }
        return result
    }
}
