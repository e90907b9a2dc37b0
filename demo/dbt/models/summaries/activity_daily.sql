{#- A log only grows: what has come is summarized once and added to what there is. -#}
{{ config(unique_key=['day', 'device']) }}

select
    came.day,
    came.device,
    {% if is_incremental() %}coalesce(kept.events + came.events, came.events){% else %}came.events{% endif %} as events,
    came.loaded_at
from (
    select (at at time zone 'UTC')::date as day, device, choices(event) as events, max(loaded_at) as loaded_at
    from {{ source('landing', 'events') }}
    {% if is_incremental() %}
    where loaded_at > (select max(loaded_at) from {{ this }})
    {% endif %}
    group by 1, 2
) as came
{% if is_incremental() %}
left join {{ this }} as kept using (day, device)
{% endif %}
