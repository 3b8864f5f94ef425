# Groups, in the admin portal.

groups-lead = A policy can be enabled for the members of a group. Members of groups inside it count too.
groups-new = New group
groups-search = Search groups
groups-none = There are no groups yet.
groups-none-match = No groups match this search.
groups-name = Name
groups-description = Description
groups-members = Members
groups-used-by = Used by
groups-people = { $people ->
    [one] 1 person
   *[other] { $people } people
}
groups-people-nested = { $people ->
    [one] 1 person
   *[other] { $people } people
}, { $direct } directly and the others through groups inside it

# One group
groups-details = Name and description
groups-add-members = Add members
groups-member = Name
groups-member-kind = Username
groups-nested = Group
groups-no-members = This group has no members.
groups-in-use = This group is in use
groups-used-here = The password reset policy is enabled for this group:
groups-used-methods = Rules of the authentication methods policy name this group:
groups-delete-methods = Rules of the authentication methods policy name this group. Its members keep or lose methods accordingly; a method that is on for this group alone is then on for nobody.
groups-delete = Delete group
groups-delete-heading = Delete { $name }?
groups-delete-what = The group is deleted, its members are not. This cannot be undone.
groups-delete-used = The password reset policy is enabled for this group. { $people ->
    [0] Nobody is in it now.
    [one] 1 person loses password reset until you choose another group.
   *[other] { $people } people lose password reset until you choose another group.
}

# Adding members
groups-add-lead = Search for people or groups, tick them, and add them.
groups-add-search = Search people and groups
groups-add-search-hint = The beginning of a person’s name or username, or a part of a group’s name.
groups-add-legend = Found
groups-add-person = { $name } ({ $upn })
groups-add-group = { $name } (group)
groups-add-none = Nobody and no group matches, or all that match are members already.
groups-add-more = There are more. Type more of the name to find them.
groups-add = Add

# What was done
groups-done-created = The group is created.
groups-done-deleted = The group is deleted.
groups-done-added = The members are added.
groups-done-removed = The member is removed.
