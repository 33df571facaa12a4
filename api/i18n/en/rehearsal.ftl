# Rehearsing a change of the common rule.
rehearsal-title = Rehearse a change of the rule
rehearsal-lead = The common rule says what no consent and no disclosure can open further. Try a change here on the real files of your cells: you will see who would gain or lose what, in numbers only. Nothing is changed, no value is opened, and the rehearsal is entered in the log.
rehearsal-rules = The rules as they are
rehearsal-rule = Rule
rehearsal-add = Try one rule more
rehearsal-try = Try a change
rehearsal-form = The change to try
rehearsal-how = What becomes of this rule?
rehearsal-change = It changes
rehearsal-remove = It goes away
rehearsal-remove-hint = The rest of the form does not count then.
rehearsal-effect = Effect
rehearsal-allow = Allows
rehearsal-deny = Denies
rehearsal-deny-hint = A denial beats every permission.
rehearsal-roles = Roles
rehearsal-kinds = Kinds of agencies
rehearsal-categories = Categories
rehearsal-subjects = Persons concerned
rehearsal-purposes = Purposes
rehearsal-bases = Bases
rehearsal-any = All
rehearsal-all-but = All but: { $x }
rehearsal-go = Rehearse
rehearsal-result = What would change
rehearsal-files = { $n ->
    [one] At least { $n } file was looked at (500 at most, those opened last).
   *[other] At least { $n } files were looked at (500 at most, those opened last).
}
rehearsal-few-files = Fewer than five files were looked at.
rehearsal-nothing-changed = Nothing was changed.
rehearsal-no-move = This change would give nobody anything and take nothing away: the rule would say the same.
rehearsal-gain = { $n ->
    [one] One kind of agency could see more:
   *[other] { $n } kinds of agencies could see more:
}
rehearsal-gain-none = Nobody could see more.
rehearsal-lose = { $n ->
    [one] One kind of agency could see less:
   *[other] { $n } kinds of agencies could see less:
}
rehearsal-lose-none = Nobody could see less.
rehearsal-says = { $who }: { $what }. In the files that were looked at, at least { $count } pieces of information.
rehearsal-says-few = { $who }: { $what }. In the files that were looked at, fewer than 5 pieces of information of each category, or none.
rehearsal-detail = In detail, by agency and category
rehearsal-who = Agencies
rehearsal-what = Category
rehearsal-move = Effect
rehearsal-count = Information
rehearsal-gains = would gain
rehearsal-loses = would lose
rehearsal-few = fewer than 5, or none
rehearsal-at-least = { $n ->
    [one] at least { $n }
   *[other] at least { $n }
}
rehearsal-counts = A piece of information counts once for each agency around the file that would see it or would no longer see it. Numbers go in steps of five and are never given below five.
